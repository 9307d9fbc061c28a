using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.MLNet.Scoring;
using TransferLearning.Models;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Tests.Scoring;

public sealed class RowScorerTests
{
    [SkippableFact]
    public void An_image_that_cannot_be_decoded_has_no_scores()
    {
        using TransferModel model = Model();
        ReadOnlyMemory<char> state = PipelineState.Of(model, ["bees", "none", "ants"]).Write().AsMemory();
        byte[] photo = File.ReadAllBytes(SharedData.Photos(1)[0]);
        var scorer = new RowScorer();

        RowScores good = scorer.Score(state, photo), bad = scorer.Score(state, "no image"u8), again = scorer.Score(state, photo);

        bad.Class.ShouldBe(RowScorer.Missing);
        bad.Text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["NaN", "NaN", "NaN"]);
        again.Text.ToString().ShouldBe(good.Text.ToString());
    }

    [SkippableFact]
    public void Scores_are_in_the_slots_of_their_classes()
    {
        using TransferModel model = Model();
        string path = SharedData.Photos(1)[0];
        ReadOnlyMemory<char> state = PipelineState.Of(model, ["bees", "none", "ants"]).Write().AsMemory();

        RowScores scores = new RowScorer().Score(state, ImageFormats.BuiltIn.Load(path));

        float[] values = [.. scores.Text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(t => float.Parse(t, System.Globalization.CultureInfo.InvariantCulture))];
        ReadOnlySpan<float> probabilities = model.Predict(path).Probabilities;
        values.ShouldBe([probabilities[1], 0, probabilities[0]]);
        scores.Class.ShouldBe(probabilities[0] > probabilities[1] ? 2u : 0u);
    }

    [SkippableFact]
    public void A_class_that_the_label_column_lacks_is_named()
    {
        using TransferModel model = Model();

        Should.Throw<TransferLearningException>(() => PipelineState.Of(model, ["ants", "wasps"])).Message.ShouldContain("the class 'bees'");
    }

    private static TransferModel Model()
    {
        string train = SharedData.Data(Path.Combine("hymenoptera", "train"));
        IEnumerable<LabeledImage> images = new[] { "ants", "bees" }.SelectMany(label =>
            Directory.EnumerateFiles(Path.Combine(train, label)).Order(StringComparer.Ordinal).Take(6)
                .Select(path => LabeledImage.FromFile(path, label)));
        return TransferPipeline.FineTune(ImageDataset.FromImages(images))
            .WithBackbone(Backbone.Compact).WithoutBottleneckCache().Fit().Model;
    }
}
