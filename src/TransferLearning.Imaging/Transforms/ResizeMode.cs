namespace TransferLearning.Imaging.Transforms;

/// <summary>How an image is brought to a network's input size.</summary>
public enum ResizeMode
{
    /// <summary>Both sides to the input size; the aspect ratio changes.</summary>
    Stretch,

    /// <summary>The largest centered rectangle with the input's aspect ratio, scaled to the input size.</summary>
    CenterCrop,
}
