using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Models;

/// <summary>Models that recognize out-of-distribution images, on real photos.</summary>
public sealed class OutOfDistributionImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Flowers_shown_to_a_model_of_rubbish_are_out_of_distribution_even_after_saving()
    {
        ImageDataset flowers = Sample("flowers-small", 8), rubbish = Sample("trashnet", 60);
        FineTuningResult result = TransferPipeline.FineTune(rubbish).WithBackbone(Network()).WithSharedBottlenecks().Fit();
        result.Model.Save(_folder.At("model.onnx"));
        result.Model.Dispose();

        using var model = TransferModel.Load(_folder.At("model.onnx"));
        IReadOnlyList<ImagePrediction> inside = model.PredictAll(rubbish), outside = model.PredictAll(flowers);

        model.FalseRejectRate.ShouldBe(0.05);
        inside.Average(p => p.Prediction!.IsUnknown ? 1 : 0).ShouldBeLessThan(0.1);
        outside.Average(p => p.Prediction!.IsUnknown ? 1 : 0).ShouldBeGreaterThanOrEqualTo(0.8);
        Prediction one = outside[0].Prediction!;
        one.UnknownScore!.Value.ShouldBe(model.Predict(flowers.Images[0].ReadBytes()).UnknownScore!.Value, 0.01f);
        one.IsUnknown.ShouldBe(one.UnknownScore > 0);
    }

    [SkippableFact]
    public void The_detector_changes_no_probability_and_can_be_left_out()
    {
        ImageDataset rubbish = Sample("trashnet", 12);
        TransferPipeline<FineTuningResult> Pipeline(double? rate) => TransferPipeline
            .FineTune(rubbish, new FineTuningOptions { FalseRejectRate = rate }).WithBackbone(Network()).WithSharedBottlenecks();

        using TransferModel with = Pipeline(0.05).Fit().Model, without = Pipeline(null).Fit().Model;
        Prediction a = with.Predict(rubbish.Images[0].ReadBytes()), b = without.Predict(rubbish.Images[0].ReadBytes());

        for (int c = 0; c < b.Probabilities.Length; c++)
        {
            a.Probabilities[c].ShouldBe(b.Probabilities[c], 1e-5f);
        }

        (b.UnknownScore, b.IsUnknown, without.FalseRejectRate).ShouldBe((null, false, null));
    }

    [SkippableTheory]
    [InlineData(0.2)]
    [InlineData(null)]
    public void Cross_validation_and_parallel_training_have_a_detector_of_the_given_rate_or_none(double? rate)
    {
        ImageDataset rubbish = Sample("trashnet", 12), other = Sample("trashnet", 20);
        using TransferModel validated = TransferPipeline
            .CrossValidate(rubbish, new CrossValidationOptions { FalseRejectRate = rate })
            .WithBackbone(Network()).WithSharedBottlenecks().Fit().Model;
        using TransferModel parallel = TransferPipeline
            .ParallelTrain(rubbish, other, new ParallelTrainingOptions { FalseRejectRate = rate, Segments = 2 })
            .WithBackbone(Network()).WithSharedBottlenecks().Fit().Model;

        foreach (TransferModel model in new[] { validated, parallel })
        {
            model.FalseRejectRate.ShouldBe(rate);
            (model.Predict(rubbish.Images[0].ReadBytes()).UnknownScore is null).ShouldBe(rate is null);
        }
    }

    [SkippableFact]
    public void A_rate_above_one_half_is_refused()
    {
        ImageDataset rubbish = Sample("trashnet", 2);

        Check("FineTuningOptions", () => TransferPipeline.FineTune(rubbish, new FineTuningOptions { FalseRejectRate = 0.7 }).Fit());
        Check("CrossValidationOptions", () => TransferPipeline
            .CrossValidate(rubbish, new CrossValidationOptions { FalseRejectRate = 0.7 }).Fit());
        Check("ParallelTrainingOptions", () => TransferPipeline
            .ParallelTrain(rubbish, rubbish, new ParallelTrainingOptions { FalseRejectRate = 0.7 }).Fit());

        static void Check(string options, Action fit) => Should.Throw<InvalidOptionsException>(fit)
            .Message.ShouldContain($"{options}.FalseRejectRate is 0.7: it must be above 0 and at most 0.5");
    }

    private static Backbone Network() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    private static ImageDataset Sample(string name, int perClass)
    {
        var all = ImageDataset.Open(SharedData.Data(name));
        return all.Select(
            [.. all.Labels.SelectMany(l => Enumerable.Range(0, all.Count).Where(i => all.Images[i].Label == l).Take(perClass))]);
    }
}
