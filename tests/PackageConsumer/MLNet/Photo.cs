namespace MLNetConsumer;

/// <summary>A row: an image file with its class.</summary>
internal sealed class Photo
{
    public string Image { get; set; } = "";

    public string? Label { get; set; }
}
