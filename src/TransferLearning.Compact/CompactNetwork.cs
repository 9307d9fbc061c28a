namespace TransferLearning.Compact;

/// <summary>
/// The file of the built-in network. It has its own assembly because the package of <c>TransferLearning</c> holds that assembly once for
/// each platform, compiled ahead, and these 2.5 MB are the same on all of them.
/// </summary>
internal static class CompactNetwork
{
    private const string Resource = "compact.onnx";

    /// <summary>The bytes of the ONNX file.</summary>
    public static byte[] ReadFile()
    {
        using Stream resource = typeof(CompactNetwork).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource '{Resource}'");
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
