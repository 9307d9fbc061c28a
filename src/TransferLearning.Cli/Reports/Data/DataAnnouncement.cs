using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Data;
using TransferLearning.Data.Layouts;

namespace TransferLearning.Cli.Reports.Data;

/// <summary>Says, before work starts, what was understood of the data: layout, classes, division, and what was left out.</summary>
internal static class DataAnnouncement
{
    public static void Write(CommandHost host, CommonSettings common)
    {
        foreach (ImageDataset data in common.Data.Sets)
        {
            if (!common.IsQuiet)
            {
                host.Error.WriteLine($"Data '{data.Name}'");
                foreach (string line in data.Layout.ToString().Split('\n'))
                {
                    host.Error.WriteLine($"  {line}");
                }
            }

            foreach (string warning in data.Layout.Warnings)
            {
                host.Error.WriteLine($"warning: '{data.Name}': {warning}");
            }

            foreach (DatasetLeftOut left in data.Layout.LeftOut.Where(l => common.IsQuiet && MayBeMissed(l.Kind)))
            {
                host.Error.WriteLine($"warning: '{data.Name}': {LayoutDescription.Of(left)}");
            }
        }
    }

    /// <summary>Whether files of a kind may have been meant as data.</summary>
    private static bool MayBeMissed(DatasetFindingKind kind) =>
        kind is not (DatasetFindingKind.NotAnImage or DatasetFindingKind.SystemFile);
}
