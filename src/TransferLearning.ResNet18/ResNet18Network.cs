namespace TransferLearning.ResNet18;

/// <summary>
/// The file of the network. It has an assembly of its own, of 32 MB, so that programs that do not train with it can leave it out.
/// </summary>
internal static class ResNet18Network
{
    private const string Resource = "resnet18.onnx";

    /// <summary>The bytes of the ONNX file.</summary>
    public static byte[] ReadFile()
    {
        using Stream resource = typeof(ResNet18Network).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource '{Resource}'");
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
