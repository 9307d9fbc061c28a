namespace TransferLearning.Cli.Verbs;

/// <summary>The help's description of the data that verbs take.</summary>
internal static class DataDescription
{
    public const string Labeled =
        "A folder with one folder per class, a folder with train/ and val/ (or test/) in it, a manifest (path,label; CSV, TSV or JSON "
        + "lines), or a .zip, .tar or .tar.gz of these.";
}
