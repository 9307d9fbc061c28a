namespace TransferLearning.Samples.Tests;

/// <summary>What a program left behind: its exit code, the lines of its output that nobody read before, and its errors.</summary>
internal sealed record FinishedProgram(int ExitCode, IReadOnlyList<string> Output, string Error);
