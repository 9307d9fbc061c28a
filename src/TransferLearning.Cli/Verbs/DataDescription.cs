namespace TransferLearning.Cli.Verbs;

/// <summary>How help describes the kinds of data that the verbs take.</summary>
internal static class DataDescription
{
    public const string Labeled =
        "A folder with a folder a class, a folder with train/ and val/ (or test/) in it, a CSV or TSV manifest (path,label), "
        + "or a .zip, .tar or .tar.gz of either.";
}
