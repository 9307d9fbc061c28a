using TransferLearning.Cli.History;

namespace TransferLearning.Cli.Tests.History;

public sealed class RunHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_that_are_appended_at_once_are_all_there_and_whole()
    {
        const int writers = 8, each = 20;

        Parallel.For(0, writers, new ParallelOptions { MaxDegreeOfParallelism = writers }, writer =>
        {
            for (int i = 0; i < each; i++)
            {
                new RunHistory(_folder["cache"]).Append(Run($"{writer}-{i}"));
            }
        });

        (IReadOnlyList<RunRecord> runs, int unreadable) = new RunHistory(_folder["cache"]).Read();
        unreadable.ShouldBe(0);
        runs.Select(r => r.Command).ShouldBe(
            Enumerable.Range(0, writers).SelectMany(w => Enumerable.Range(0, each).Select(i => $"{w}-{i}")), ignoreOrder: true);
    }

    [Fact]
    public void A_line_that_was_cut_off_is_skipped_and_the_next_run_has_a_line_of_its_own()
    {
        var history = new RunHistory(_folder.Path);
        history.Append(Run("first"));
        File.AppendAllText(history.FilePath, "{\"time\":\"2026-");
        history.Append(Run("second"));

        (IReadOnlyList<RunRecord> runs, int unreadable) = history.Read();

        runs.Select(r => r.Command).ShouldBe(["first", "second"]);
        unreadable.ShouldBe(1);
    }

    [Fact]
    public void A_folder_without_a_history_has_no_runs() => new RunHistory(_folder["none"]).Read().Runs.ShouldBeEmpty();

    private static RunRecord Run(string command) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Verb = "evaluate",
        Command = command,
        Directory = "/",
        Data = ["/data"],
        Seconds = 1,
        Version = "1",
    };
}
