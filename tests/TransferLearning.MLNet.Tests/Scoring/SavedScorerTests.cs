using TransferLearning.Data;
using TransferLearning.MLNet.Scoring;
using TransferLearning.MLNet.Tests.Pipelines;
using TransferLearning.Models;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Tests.Scoring;

public sealed class SavedScorerTests
{
    [SkippableFact]
    public void An_image_that_cannot_be_read_or_decoded_has_no_scores()
    {
        using TransferModel model = Model();
        var photo = LabeledImage.FromFile(SharedData.Photos(1)[0]);
        ReadOnlyMemory<char> state = SavedState.Of(model, ["bees", "none", "ants"]).Write().AsMemory();
        var scorer = new SavedScorer();

        ImageScores good = scorer.Score(state, _ => photo);
        ImageScores undecodable = scorer.Score(state, _ => LabeledImage.FromBytes("no image"u8.ToArray(), null));
        ImageScores missing = scorer.Score(state, _ => LabeledImage.FromFile("no such file.jpg"));
        ImageScores again = scorer.Score(state, _ => photo);

        foreach (ImageScores none in new[] { undecodable, missing })
        {
            none.Class.ShouldBe(ImageScores.Missing);
            none.Values.ShouldBe([float.NaN, float.NaN, float.NaN]);
        }

        again.Values.ShouldBe(good.Values);
    }

    [SkippableFact]
    public void Scores_are_in_the_slots_of_their_classes()
    {
        using TransferModel model = Model();
        string path = SharedData.Photos(1)[0];
        ReadOnlyMemory<char> state = SavedState.Of(model, ["bees", "none", "ants"]).Write().AsMemory();

        ImageScores scores = new SavedScorer().Score(state, _ => LabeledImage.FromFile(path));

        ReadOnlySpan<float> probabilities = model.Predict(path).Probabilities;
        scores.Values.ShouldBe([probabilities[1], 0, probabilities[0]]);
        scores.Class.ShouldBe(probabilities[0] > probabilities[1] ? 2u : 0u);
    }

    [SkippableFact]
    public void A_class_that_the_label_column_lacks_is_named()
    {
        using TransferModel model = Model();

        Should.Throw<TransferLearningException>(() => SavedState.Of(model, ["ants", "wasps"])).Message.ShouldContain("the class 'bees'");
    }

    private static TransferModel Model() =>
        Insects.Train(ImageDataset.FromImages(Insects.Files(6).Select(f => LabeledImage.FromFile(f.Path, f.Label))));
}
