namespace TransferLearning.MLNet;

/// <summary>The content of a column of images in ML.NET data.</summary>
public enum TransferLearningImages
{
    /// <summary>Whole image files (JPEG, PNG, BMP, GIF): a vector of bytes.</summary>
    Encoded,

    /// <summary>Paths of image files: text.</summary>
    Paths,

    /// <summary>Decoded images: <c>MLImage</c>.</summary>
    Pixels,
}
