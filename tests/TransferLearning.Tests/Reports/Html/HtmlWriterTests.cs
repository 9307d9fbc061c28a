using TransferLearning.Reports.Html;

namespace TransferLearning.Tests.Reports.Html;

public class HtmlWriterTests
{
    [Fact]
    public void Text_and_attributes_cannot_become_markup()
    {
        using var output = new StringWriter();

        new HtmlWriter(output).Open("p", ("title", "\" onload='x' & <b>")).Text("</p><script>alert('1')</script>").Close();

        output.ToString().ShouldBe(
            "<p title=\"&quot; onload=&#39;x&#39; &amp; &lt;b&gt;\">&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</p>");
    }

    [Fact]
    public void Control_characters_are_replaced()
    {
        using var output = new StringWriter();

        new HtmlWriter(output).Text("a\0b\u001bc\n");

        output.ToString().ShouldBe("a\uFFFDb\uFFFDc\n");
    }
}
