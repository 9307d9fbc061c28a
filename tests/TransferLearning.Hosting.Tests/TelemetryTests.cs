using System.Diagnostics;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Hosting.Tests;

public sealed class TelemetryTests
{
    private const string Model = "transferlearning.model.name";
    private const string Outcome = "transferlearning.outcome";

    [SkippableFact]
    public async Task Predictions_and_their_latency_are_measured_by_model_and_outcome()
    {
        byte[] photo = Photos.Take(1)[0];
        using var metrics = new RecordedMetrics();
        await using TestService service = await TestService.StartAsync();

        await service.Models.PredictAsync(Photos.Open(photo));
        await Should.ThrowAsync<UnusableImageException>(() => service.Models.PredictAsync(Photos.Open([1, 2, 3])));
        await Should.ThrowAsync<OperationCanceledException>(() =>
            service.Models.PredictAsync(Photos.Open(photo), new CancellationToken(canceled: true)));

        var predictions = metrics.Measurements.Where(m => m.Instrument.Name == "transferlearning.predictions").ToList();
        predictions.Select(p => p.Tags[Outcome]).ShouldBe(["success", "unusable_image", "canceled"]);
        predictions.ShouldAllBe(p => p.Tags[Model]!.Equals("default") && p.Value == 1 && p.Instrument.Unit == "{image}");
        var durations = metrics.Measurements.Where(m => m.Instrument.Name == "transferlearning.prediction.duration").ToList();
        durations.Count.ShouldBe(3);
        durations.ShouldAllBe(d => d.Instrument.Unit == "s" && d.Value >= 0 && d.Value < 60);
        durations[0].Value.ShouldBeGreaterThan(0.0001, "a network does not run in no time");
        metrics.Values("transferlearning.queue.length").Sum().ShouldBe(0, "nobody waits any more");
        metrics.Values("transferlearning.queue.length").ShouldContain(1);
    }

    [Fact]
    public async Task Images_of_none_of_the_classes_are_counted()
    {
        using var metrics = new RecordedMetrics();
        await using TestService service = await TestService.StartAsync();
        byte[] foreign;
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(Colors()).WithBackbone(Backbone.Compact);
        using (TransferModel model = pipeline.WithoutBottleneckCache().Fit().Model)
        {
            model.FalseRejectRate.ShouldNotBeNull("this test needs a detector");
            foreign = PngEncoder.Encode(ForeignImages().First(image => model.Predict(image).IsUnknown));
            model.Save(service.File);
        }

        await TestService.UntilAsync(() => metrics.Values("transferlearning.model.reloads").Length > 0);
        await service.Models.PredictAsync(Photos.Open(foreign));

        metrics.Values("transferlearning.images.unknown").ShouldBe([1]);
        metrics.Measurements.First(m => m.Instrument.Name == "transferlearning.model.reloads").Tags[Outcome].ShouldBe("success");
    }

    [SkippableFact]
    public async Task Predictions_and_loading_are_traced()
    {
        byte[] photo = Photos.Take(1)[0];
        List<Activity> activities = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "TransferLearning",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using TestService service = await TestService.StartAsync();

        await service.Models.PredictAsync(Photos.Open(photo));
        await Should.ThrowAsync<UnusableImageException>(() => service.Models.PredictAsync(Photos.Open([1, 2, 3])));

        activities.Select(a => a.OperationName)
            .ShouldBe(["transferlearning.load", "transferlearning.predict", "transferlearning.predict"]);
        activities.ShouldAllBe(a => "default".Equals(a.GetTagItem(Model)));
        activities[1].GetTagItem(Outcome).ShouldBe("success");
        activities[2].Status.ShouldBe(ActivityStatusCode.Error);
        activities[2].GetTagItem("error.type").ShouldBe("TransferLearning.UnusableImageException");
    }

    private static ImageDataset Colors()
    {
        var random = new Random(1);
        return ImageDataset.FromImages(Enumerable.Range(0, 120).Select(i =>
        {
            byte[] pixels = new byte[64 * 64 * 3];
            random.NextBytes(pixels);
            for (int p = 0; p < pixels.Length; p++)
            {
                pixels[p] = (byte)((pixels[p] / 8) + (p % 3 == (i % 2 == 0 ? 0 : 2) ? 200 + (i / 6) : 10));
            }

            byte[] file = PngEncoder.Encode(new RgbImage(64, 64, pixels));
            return LabeledImage.FromBytes(file, i % 2 == 0 ? "red" : "blue");
        }));
    }

    private static IEnumerable<RgbImage> ForeignImages()
    {
        byte[] pixels = new byte[64 * 64 * 3];
        new Random(7).NextBytes(pixels);
        yield return new RgbImage(64, 64, pixels);
        yield return new RgbImage(64, 64, new byte[64 * 64 * 3]);
        yield return new RgbImage(64, 64, Enumerable.Repeat((byte)255, 64 * 64 * 3).ToArray());
        yield return new RgbImage(64, 64, Enumerable.Range(0, 64 * 64 * 3).Select(i => (byte)(i / 24 % 2 * 255)).ToArray());
    }
}
