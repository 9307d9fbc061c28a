using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TransferLearning.Benchmarks.Caching;

/// <summary>Starts the <c>transfer</c> command in processes of its own.</summary>
/// <param name="program">The program, or its assembly <c>transfer.dll</c>.</param>
internal sealed class TransferCommand(string program)
{
    private string[] Command => program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", "exec", program] : [program];

    /// <summary>Starts the command. Ending the process ends the command at once.</summary>
    public Process Start(params string[] arguments) => StartProcess([.. Command, .. arguments]);

    /// <summary>Runs the command to its end.</summary>
    /// <returns>The CPU seconds of all its threads, and the figures that it writes for <c>--json</c>.</returns>
    public (double CpuSeconds, JsonElement Figures) Run(params string[] arguments)
    {
        string json = Path.GetTempFileName();
        string[] timed = ["bash", "-c", "TIMEFORMAT='cpu %U %S'; time \"$0\" \"$@\"", .. Command, .. arguments, "--json", json];
        using Process process = StartProcess(timed);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.Wait();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} has ended with {process.ExitCode}: {error}");
        }

        string[] cpu = error.TrimEnd().Split('\n')[^1].Split(' ');
        using var figures = JsonDocument.Parse(File.ReadAllText(json));
        File.Delete(json);
        return (Seconds(cpu[1]) + Seconds(cpu[2]), figures.RootElement.Clone());
    }

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Process StartProcess(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }
}
