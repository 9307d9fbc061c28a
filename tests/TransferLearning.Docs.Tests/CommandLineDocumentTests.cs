using System.Text.RegularExpressions;
using TransferLearning.Cli;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Docs.Tests;

public sealed partial class CommandLineDocumentTests
{
    private static readonly string[] AllVerbs =
    [
        "fine-tune", "pre-train", "cross-validate", "parallel-train", "predict", "evaluate", "info", "compare", "export", "extract",
        "advise", "check", "runs", "help", "sample-data", "demo", "backbones list", "backbones fetch", "backbones inspect",
        "cache merge",
    ];

    public static TheoryData<string> Verbs => [.. AllVerbs];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_option_of_a_verb_is_documented(string verb)
    {
        string document = Documents.Read("docs/command-line.md");

        document.ShouldContain($"**`{verb} ");
        foreach (string option in Options(await HelpAsync(verb)).Except(["--help"]))
        {
            document.ShouldContain(option);
        }
    }

    [Fact]
    public async Task Every_documented_option_exists()
    {
        var known = new HashSet<string>();
        foreach (string verb in AllVerbs)
        {
            known.UnionWith(Options(await HelpAsync(verb)));
        }

        Options(Documents.Read("docs/command-line.md")).Except(known).ShouldBeEmpty();
    }

    private static async Task<string> HelpAsync(string verb)
    {
        using var output = new StringWriter();
        var host = new CommandHost { Output = output, Error = TextWriter.Null, OutputIsTerminal = false, ErrorIsTerminal = false };
        await CommandLine.RunAsync([.. verb.Split(' '), "--help"], host, CancellationToken.None);
        return output.ToString();
    }

    private static string[] Options(string text) => [.. Option().Matches(text).Select(m => m.Value).Distinct()];

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]+")]
    private static partial Regex Option();
}
