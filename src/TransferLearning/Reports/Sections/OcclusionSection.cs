using TransferLearning.Models;
using TransferLearning.Models.Occlusion;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections;

/// <summary>Where the network looked in a few images. Immutable.</summary>
internal sealed record OcclusionSection(TransferModel Model, IReadOnlyList<PictureItem> Pictures) : IReportSection
{
    // With smaller drops, hiding any one part hardly changes the answer, and the brightest part means nothing.
    private const float MinDrop = 0.02f;

    public string Title => "Where the network looked";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "A gray patch hides one part of the image after another (occlusion sensitivity; Zeiler and Fergus, 2014). "
            + "Where the picture is bright and orange, hiding that part makes the predicted class less probable: the network looked there. "
            + "If that is the background, the model may have learned the wrong thing.");
        PictureItem[] readable = [.. Pictures.Where(p => Photo.Load(p.Image) is not null)];
        var maps = new OcclusionMap[readable.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.CancellationToken };
        Parallel.For(0, maps.Length, options, i => maps[i] = Model.Occlude(Photo.Load(readable[i].Image)!, run.CancellationToken));
        html.Open("ul", ("class", "pictures pairs"));
        foreach ((PictureItem picture, OcclusionMap map) in readable.Zip(maps))
        {
            Write(html, picture, map);
        }

        html.Close().Line();
    }

    private static void Write(HtmlWriter html, PictureItem picture, OcclusionMap map)
    {
        float drop = map.Drops.Max();
        html.Open("li").Open("figure").Open("div", ("class", "side"));
        Photo.Write(html, map.View, $"What the network saw. {picture.Text}");
        string label = map.Prediction.Label;
        Photo.Write(html, HeatPicture.Draw(map), $"The same image, bright where hiding it makes {label} less probable");
        html.Close();
        string probability = Figure.WholePercent(map.Prediction.Probability);
        PictureList.WriteCaption(html, picture, drop < MinDrop
            ? "No single part matters: hiding any of them hardly changes the probability."
            : $"Hiding the brightest part lowers the probability of {probability} by {Figure.Points(drop)}.");
        html.Close().Close().Line();
    }
}
