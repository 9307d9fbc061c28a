using System.Globalization;

namespace TransferLearning.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_lists_the_verbs()
    {
        CommandRun run = (await CommandRun.WithAsync("--help")).ShouldHaveEnded(0);

        foreach (string verb in (string[])["fine-tune", "predict", "evaluate", "extract", "sample-data", "demo"])
        {
            run.Output.ShouldContain(verb);
        }

        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fine-tune", "--backbone --tune-on --epochs --validation --require-accuracy --output")]
    [InlineData("predict", "--top --csv")]
    [InlineData("evaluate", "--require-accuracy")]
    [InlineData("extract", "--backbone --paths --labels --output")]
    [InlineData("sample-data", "--images --size --validation")]
    public async Task Every_verb_explains_its_own_and_the_common_options(string verb, string options)
    {
        CommandRun run = (await CommandRun.WithAsync(verb, "--help")).ShouldHaveEnded(0);

        foreach (string option in $"{options} --cache --no-cache --seed --threads --quiet --json".Split(' '))
        {
            run.Output.ShouldContain(option);
        }
    }

    [Fact]
    public async Task The_version_is_printed_on_request()
    {
        CommandRun run = (await CommandRun.WithAsync("--version")).ShouldHaveEnded(0);

        run.Output.Trim().ShouldNotBeEmpty();
        char.IsAsciiDigit(run.Output[0]).ShouldBeTrue(run.Output.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_missing_verb_lists_the_verbs() =>
        (await CommandRun.WithAsync()).ShouldHaveFailedWith("Verbs: ", "fine-tune, ", "predict, ", "sample-data, demo.");

    [Fact]
    public async Task An_unknown_verb_lists_the_verbs() =>
        (await CommandRun.WithAsync("train")).ShouldHaveFailedWith("train", "Verbs: ", "fine-tune, ");

    [Fact]
    public async Task An_unknown_option_lists_the_valid_ones() =>
        (await CommandRun.WithAsync("fine-tune", "photos", "-o", "m.onnx", "--epoch", "5"))
            .ShouldHaveFailedWith("--epoch", "Options of 'fine-tune':", "--epochs", "--tune-on", "transfer fine-tune --help");

    [Theory]
    [InlineData("did you mean 'fine-tune'?", "fintune", "photos")]
    [InlineData("did you mean '--epochs'?", "fine-tune", "photos", "-o", "m.onnx", "--epoch", "5")]
    [InlineData("did you mean '--csv'?", "predict", "m.onnx", "a.jpg", "--cvs", "x.csv")]
    [InlineData("did you mean 'fetch'?", "backbones", "fecth", "x")]
    [InlineData("did you mean 'compact'?", "extract", "no-data", "-o", "f.npy", "--backbone", "compct")]
    [InlineData("did you mean 'mobilenet_v2:0.5'?", "pre-train", "no-data", "-o", "b.onnx", "--arch", "mobilenet-v2:0.5")]
    public async Task A_name_that_is_nearly_right_is_suggested(string question, params string[] arguments) =>
        (await CommandRun.WithAsync(arguments)).ShouldHaveFailedWith(question);

    [Fact]
    public async Task A_name_that_is_far_from_all_is_not_suggested() =>
        (await CommandRun.WithAsync("serve", "m.onnx")).ShouldHaveEnded(1).Error.ShouldNotContain("did you mean");

    [Fact]
    public async Task Help_explains_a_verb()
    {
        string expected = (await CommandRun.WithAsync("backbones", "fetch", "--help")).ShouldHaveEnded(0).Output;

        (await CommandRun.WithAsync("help", "backbones", "fetch")).ShouldHaveEnded(0).Output.ShouldBe(expected);
        (await CommandRun.WithAsync("help")).ShouldHaveEnded(0).Output.ShouldContain("cross-validate");
        (await CommandRun.WithAsync("help", "predcit")).ShouldHaveFailedWith("predcit", "did you mean 'predict'?");
        (await CommandRun.WithAsync("help", "backbones", "fecth"))
            .ShouldHaveFailedWith("there is no verb 'backbones fecth': expected list, fetch, inspect", "did you mean 'fetch'?");
        (await CommandRun.WithAsync("help", "check", "now")).ShouldHaveFailedWith("there is no verb 'check now': 'check' is one verb");
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs expects a whole number of at least 1, not '0'")]
    [InlineData("--epochs", "many", "--epochs expects a whole number of at least 1, not 'many'")]
    [InlineData("--seed", "-1", "--seed expects a whole number of at least 0, not '-1'")]
    [InlineData("--threads", "0", "--threads expects a whole number from 1 to 1024, not '0'")]
    [InlineData("--require-accuracy", "90", "--require-accuracy expects a number from 0 to 1, such as 0.9, not '90'")]
    [InlineData("--validation", "1.5", "--validation expects a share between 0 and 1, both exclusive, or the path of a data set")]
    [InlineData("--backbone", "resnet", "--backbone 'resnet' is neither the name of a backbone (resnet18, compact) nor a file")]
    public async Task A_bad_value_is_named_with_what_was_expected(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();
        await SmallData.WriteAsync(folder["data"]);

        (await CommandRun.WithAsync("fine-tune", folder["data"], "-o", folder["m.onnx"], option, value)).ShouldHaveFailedWith(message);
    }

    [Fact]
    public async Task All_problems_are_reported_at_once()
    {
        string[] bad = ["-o", "nowhere/m.onnx", "--backbone", "resnet", "--cache", "c", "--no-cache", "--json", "nowhere/r.json"];

        CommandRun run = await CommandRun.WithAsync(["fine-tune", "no-such-data", .. bad]);

        run.ShouldHaveFailedWith("no-such-data", "--output 'nowhere/m.onnx'", "--backbone 'resnet'");
        run.ShouldHaveFailedWith("--cache and --no-cache", "--json 'nowhere/r.json'");
    }

    [Fact]
    public async Task A_run_that_is_canceled_before_it_starts_ends_with_130()
    {
        using var folder = new TemporaryFolder();
        using var error = new StringWriter();
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        CommandRun run = await CommandRun.WithAsync(error, canceled.Token, "sample-data", folder["data"]);

        run.ShouldHaveEnded(130).Error.ShouldContain("canceled");
        run.Error.ShouldContain($"to go on, repeat the command: transfer sample-data {folder["data"]}");
    }
}
