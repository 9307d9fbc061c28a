using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Pictures;

/// <summary>Writes images into the page.</summary>
internal static class Photo
{
    private const int MaxSide = 200;
    private const int Quality = 80;

    /// <summary>Writes an image of a data set as a thumbnail; a note where it can no longer be read.</summary>
    public static void Write(HtmlWriter html, LabeledImage image, string alt)
    {
        if (Load(image) is { } pixels)
        {
            Write(html, Thumbnail.Of(pixels, MaxSide), alt);
        }
        else
        {
            html.Element("span", "The image can no longer be read.", ("class", "missing"));
        }
    }

    /// <summary>Writes pixels in their own size.</summary>
    public static void Write(HtmlWriter html, RgbImage image, string alt) => html.Void(
        "img",
        ("src", $"data:image/jpeg;base64,{Convert.ToBase64String(JpegEncoder.Encode(image, Quality))}"),
        ("width", $"{image.Width}"),
        ("height", $"{image.Height}"),
        ("alt", alt));

    /// <summary>Reads and decodes an image; null where that fails.</summary>
    public static RgbImage? Load(LabeledImage image)
    {
        try
        {
            return image.Decode(image.ReadBytes());
        }
        catch (Exception)
        {
            // A thumbnail must not cost the report; what the image lacks is said where it is used.
            return null;
        }
    }
}
