using TransferLearning.Models;

namespace TransferLearning.Hosting.Tests;

public sealed class BatchingTests
{
    [SkippableFact]
    public async Task Predictions_in_batches_are_those_of_single_images_bit_by_bit()
    {
        byte[][] photos = Photos.Take(24);
        await using TestService service = await TestService.StartAsync(Batching);
        using var metrics = new RecordedMetrics();
        using var model = TransferModel.Load(service.File);
        float[][] expected = [.. photos.Select(photo => model.Predict(photo).Probabilities.ToArray())];

        float[][] probabilities = await Task.WhenAll(photos.Select(async photo =>
        {
            using MemoryStream stream = Photos.Open(photo);
            return (await service.Models.PredictAsync(stream)).Probabilities.ToArray();
        }));

        probabilities.ShouldBe(expected);
        double[] batches = metrics.Values("transferlearning.batch.size");
        batches.Sum().ShouldBe(photos.Length);
        batches.Max().ShouldBeInRange(2, 8);
    }

    [SkippableFact]
    public async Task A_single_request_does_not_wait_for_others()
    {
        byte[] photo = Photos.Take(1)[0];
        await using TestService service = await TestService.StartAsync(options =>
            options.Batching = new ModelBatching { MaxWait = TimeSpan.FromSeconds(1) });
        using var metrics = new RecordedMetrics();

        for (int i = 0; i < 5; i++)
        {
            using MemoryStream stream = Photos.Open(photo);
            await service.Models.PredictAsync(stream);
        }

        metrics.Values("transferlearning.prediction.duration").Min().ShouldBeLessThan(1);
    }

    [SkippableFact]
    public async Task An_image_that_cannot_be_decoded_fails_only_its_own_request()
    {
        byte[][] photos = Photos.Take(7);
        await using TestService service = await TestService.StartAsync(Batching);
        Task<Prediction>[] good = [.. photos.Select(photo => service.Models.PredictAsync(Photos.Open(photo)))];
        Task<Prediction> bad = service.Models.PredictAsync(Photos.Open("no image"u8.ToArray()));

        await Task.WhenAll(good);
        await Should.ThrowAsync<UnusableImageException>(() => bad);
    }

    [SkippableFact]
    public async Task A_request_that_is_canceled_leaves_the_batch_and_the_others_stay()
    {
        byte[][] photos = Photos.Take(8);
        await using TestService service = await TestService.StartAsync(Batching);
        using var cancellation = new CancellationTokenSource();
        Task<Prediction>[] staying = [.. photos[..4].Select(photo => service.Models.PredictAsync(Photos.Open(photo)))];
        Task<Prediction>[] leaving =
            [.. photos[4..].Select(photo => service.Models.PredictAsync(Photos.Open(photo), cancellation.Token))];

        await cancellation.CancelAsync();

        await Task.WhenAll(staying);
        foreach (Task<Prediction> request in leaving)
        {
            // One may have been computed already.
            (await Record.ExceptionAsync(() => request))?.ShouldBeAssignableTo<OperationCanceledException>();
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_requests_than_may_wait_are_refused_with_the_limit_and_the_others_are_answered(bool batching)
    {
        byte[] photo = Photos.Take(1)[0];
        await using TestService service = await TestService.StartAsync(options =>
        {
            options.Batching = batching ? new ModelBatching() : null;
            options.Threads = 1;
            options.MaxQueued = 2;
        });

        Task<Prediction>[] requests =
            [.. Enumerable.Range(0, 64).Select(_ => Task.Run(() => service.Models.PredictAsync(Photos.Open(photo))))];
        Exception?[] errors = await Task.WhenAll(requests.Select(async r => await Record.ExceptionAsync(() => r)));

        errors.Count(e => e is null).ShouldBeGreaterThan(0);
        ModelQueueFullException[] refused = [.. errors.OfType<ModelQueueFullException>()];
        refused.Length.ShouldBe(errors.Count(e => e is not null));
        refused.ShouldNotBeEmpty();
        refused[0].Message.ShouldContain("2 images wait for it, which is the limit TransferModelOptions.MaxQueued");
        (await service.Models.PredictAsync(Photos.Open(photo))).ShouldNotBeNull("the queue is free again");
    }

    private static void Batching(TransferModelOptions options) =>
        options.Batching = new ModelBatching { MaxImages = 8, MaxWait = TimeSpan.FromMilliseconds(50) };
}
