namespace TransferLearning.Samples.Tests;

/// <summary>Finds the programs that were built with these tests.</summary>
internal static class BuiltProgram
{
    /// <summary>The path of a sample's assembly.</summary>
    public static string Sample(string name) => Path.Combine(Root, "samples", name, Output, $"TransferLearning.Samples.{name}.dll");

    /// <summary>The path of the transfer command's assembly.</summary>
    public static string TransferCommand => Path.Combine(Root, "src", "TransferLearning.Cli", Output, "transfer.dll");

    private static string Root { get; } = FindRoot();

    /// <summary>Such as bin/Release/net10.0: the tests' own, below their project.</summary>
    private static string Output { get; } =
        Path.GetRelativePath(Path.Combine(Root, "tests", "TransferLearning.Samples.Tests"), AppContext.BaseDirectory);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TransferLearning.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no folder above '{AppContext.BaseDirectory}' holds TransferLearning.sln");
    }
}
