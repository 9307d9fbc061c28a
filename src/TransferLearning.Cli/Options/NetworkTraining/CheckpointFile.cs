using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Tuning;

namespace TransferLearning.Cli.Options.NetworkTraining;

/// <summary>The checkpoint of a long training, beside its output: it lasts from the beginning until the output is written.</summary>
/// <param name="output">The file that the training writes.</param>
internal sealed class CheckpointFile(string output)
{
    public string Path { get; } = output + ".checkpoint";

    /// <summary>Notes a problem where a checkpoint is there and must not be, or the other way round.</summary>
    /// <param name="resumes">Whether the training goes on from it.</param>
    /// <param name="option">The option that says so.</param>
    /// <param name="problems">Receives the problem.</param>
    public void Check(bool resumes, string option, Problems problems)
    {
        if (output == OutputFile.StandardOutput)
        {
            problems.Add("a network is trained with a checkpoint beside its output, so that it can be resumed: give -o a file");
            return;
        }

        bool exists = File.Exists(Path);
        if (exists && !resumes)
        {
            problems.Add(
                $"there is the checkpoint '{Path}' of a training that was not finished: continue it with {option}, or remove that file to "
                + "begin a new one");
        }

        if (!exists && resumes)
        {
            problems.Add($"there is no checkpoint '{Path}' to continue from: leave {option} out to begin a new training");
        }
    }

    /// <summary>Says how to go on after a training that was stopped; null where there is nothing to go on from.</summary>
    /// <param name="parsed">The command line of that training.</param>
    public string? Advice(ParseResult parsed) => File.Exists(Path)
        ? $"the training is kept in '{Path}': repeat the command with --resume to go on, or remove that file to begin anew: "
            + CommandText.Again(parsed, "--resume")
        : null;

    /// <summary>Removes the file once the output is complete.</summary>
    public void Remove() => new NetworkTrainingOptions { Checkpoint = Path }.RemoveCheckpoint();
}
