namespace TransferLearning.Docs.Tests;

/// <summary>Examples in the XML documentation of some folders are regions of files in Examples, which the tests run.</summary>
public sealed class ExampleTests
{
    private static readonly string[] AllFolders =
    [
        "TransferLearning/Backbones", "TransferLearning/Bottlenecks", "TransferLearning/Models", "TransferLearning/Reports",
    ];

    public static TheoryData<string> Folders => [.. AllFolders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_example_is_compiled(string folder)
    {
        XmlExample[] examples = [.. XmlExample.In(folder)];

        examples.ShouldNotBeEmpty();
        foreach (XmlExample example in examples)
        {
            Snippet.Examples.Select(s => s.Statements).ShouldContain(example.Statements, $"the code of {example} in the folder Examples");
        }
    }

    [Fact]
    public void Every_compiled_example_is_used()
    {
        string[] used = [.. AllFolders.SelectMany(XmlExample.In).Select(e => e.Statements)];

        Snippet.Examples.Where(s => !used.Contains(s.Statements)).Select(s => s.File).ShouldBeEmpty();
    }
}
