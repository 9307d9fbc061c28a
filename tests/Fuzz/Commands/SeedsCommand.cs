using TransferLearning.Fuzz.Targets;

namespace TransferLearning.Fuzz.Commands;

/// <summary>Writes the seeds of all targets, one folder per target, for other fuzzers.</summary>
internal static class SeedsCommand
{
    public static int Run(string folder)
    {
        foreach (string name in FuzzTargets.Names)
        {
            FuzzTarget target = FuzzTargets.Create(name);
            using var disposable = target as IDisposable;
            string path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            foreach ((int index, byte[] seed) in target.Seeds().Index())
            {
                File.WriteAllBytes(Path.Combine(path, $"seed{index}"), seed);
            }
        }

        return 0;
    }
}
