using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Data.Images;

public sealed class UnicodeTextTests
{
    [Theory]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("Ko\u0308nigin", "Königin")]
    [InlineData("Ti\u00EA\u0301ng Vi\u1EB9\u0302t", "Tiếng Việt")]
    [InlineData("Vie\u0323\u0302t", "Việt")]
    [InlineData("\u0438\u0306", "й")]
    [InlineData("\u304B\u3099", "が")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("plain", "plain")]
    public void Decomposed_text_is_composed(string decomposed, string composed)
    {
        UnicodeText.Compose(decomposed).ShouldBe(composed);
        UnicodeText.Compose(composed).ShouldBe(composed);
    }

    [Theory]
    [InlineData("Été", "ete")]
    [InlineData("E\u0301te\u0301", "ete")]
    [InlineData("Việt", "viet")]
    [InlineData("Bild", "bild")]
    public void Words_are_folded_without_accents(string word, string folded) => UnicodeText.Fold(word).ShouldBe(folded);
}
