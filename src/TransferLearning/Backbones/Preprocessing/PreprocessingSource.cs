namespace TransferLearning.Backbones;

/// <summary>What decided how a backbone's input is normalized. The earlier ones take precedence.</summary>
public enum PreprocessingSource
{
    /// <summary>The caller's <see cref="BackboneOptions"/>.</summary>
    Options,

    /// <summary>The metadata that this library writes into its files.</summary>
    Metadata,

    /// <summary>The first nodes of the network, which normalize its input themselves.</summary>
    FirstNodes,

    /// <summary>Hugging Face's <c>preprocessor_config.json</c> or timm's <c>config.json</c>, in the folder of the network file.</summary>
    Sidecar,

    /// <summary>The catalog of known networks, by the SHA-256 of the file.</summary>
    Catalog,

    /// <summary>One of the TensorFlow networks that are known by the names of their nodes.</summary>
    TensorFlow,

    /// <summary>ONNX's metadata about images: <c>Image.NominalPixelRange</c> and <c>Image.BitmapPixelFormat</c>.</summary>
    Denotation,

    /// <summary>A measurement on images of the data set.</summary>
    Measured,

    /// <summary>Nothing: -1..1 is assumed.</summary>
    Assumed,
}
