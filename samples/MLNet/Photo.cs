namespace TransferLearning.Samples;

/// <summary>A row of ML.NET data: an image file with its class.</summary>
internal sealed class Photo
{
    /// <summary>The path of the file.</summary>
    public string Image { get; set; } = "";

    /// <summary>The class; not used when predicting.</summary>
    public string? Label { get; set; }
}
