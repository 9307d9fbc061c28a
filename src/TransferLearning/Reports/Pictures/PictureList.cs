using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Pictures;

/// <summary>Thumbnails side by side.</summary>
internal static class PictureList
{
    // The folders further up are the same for all images.
    private const int PathParts = 3;

    public static void Write(HtmlWriter html, IEnumerable<PictureItem> pictures)
    {
        html.Open("ul", ("class", "pictures"));
        foreach (PictureItem picture in pictures)
        {
            html.Open("li").Open("figure");
            Photo.Write(html, picture.Image, picture.Text);
            WriteCaption(html, picture);
            html.Close().Close().Line();
        }

        html.Close().Line();
    }

    /// <summary>Writes the caption of an image, a note, and its path.</summary>
    public static void WriteCaption(HtmlWriter html, PictureItem picture, string note = "")
    {
        html.Open("figcaption");
        foreach ((int index, string part) in picture.Sentence.Index())
        {
            if (index % 2 == 1)
            {
                html.Element("bdi", part);
            }
            else
            {
                html.Text(part);
            }
        }

        if (note.Length > 0)
        {
            html.Element("span", note, ("class", "note"));
        }

        html.Element("span", ShortPath(picture.Image.Path), ("class", "path"), ("title", picture.Image.Path)).Close();
    }

    private static string ShortPath(string path) => string.Join('/', path.Split('/', '\\').TakeLast(PathParts));
}
