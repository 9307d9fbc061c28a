using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Hosting.Tests;

public sealed class ReloadTests
{
    private static readonly RgbImage Pixel = new(1, 1, new byte[3]);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_replaced_again_and_again_under_load_fails_no_request(bool batching)
    {
        const int Replacements = 10;
        byte[][] photos = Photos.Take(4);
        await using TestService service = await TestService.StartAsync(options => options.Batching = batching ? new ModelBatching() : null);
        var failures = new ConcurrentQueue<Exception>();
        using var end = new CancellationTokenSource();
        Task[] clients = [.. photos.Select(photo => Task.Run(() => RequestAsync(service, photo, failures, end.Token)))];

        for (int i = 0; i < Replacements; i++)
        {
            string label = $"class {i}";
            Classifier.Save(service.File, seed: i, "cat", "dog", label);
            await TestService.UntilAsync(() => Labels(service).Contains(label));
        }

        await end.CancelAsync();
        await Task.WhenAll(clients);
        failures.ShouldBeEmpty();
        service.Logs.Entries.Count(e => e.Id.Id == 2).ShouldBe(Replacements);
        await TestService.UntilAsync(() => service.Logs.Entries.Count(e => e.Id.Id == 6) == Replacements);
        service.Logs.Entries.ShouldNotContain(e => e.Level > LogLevel.Warning);
    }

    [Fact]
    public async Task The_old_model_is_disposed_of_when_its_last_lease_ends()
    {
        await using TestService service = await TestService.StartAsync();
        ModelLease first = service.Models.Rent(), second = service.Models.Rent();
        TransferModel old = first.Model;

        Classifier.Save(service.File, seed: 2, "cat", "dog", "cow");
        await TestService.UntilAsync(() => Labels(service).Contains("cow"));

        first.Dispose();
        old.Predict(Pixel);
        second.Dispose();
        Should.Throw<ObjectDisposedException>(() => old.Predict(Pixel));
        service.Logs.Entries.ShouldContain(e => e.Id.Id == 5 && e.Message.Contains("cat, dog, cow"), "the classes have changed");
    }

    [Fact]
    public async Task A_broken_file_keeps_the_old_model_and_a_good_one_after_it_is_loaded()
    {
        await using TestService service = await TestService.StartAsync();

        File.WriteAllText(service.File, "no model");
        await TestService.UntilAsync(() => service.Logs.Entries.Any(e => e.Id.Id == 3));

        Labels(service).ShouldBe(["cat", "dog"]);
        (LogLevel level, _, string message) = service.Logs.Entries.Single(e => e.Id.Id == 3);
        level.ShouldBe(LogLevel.Warning);
        message.ShouldContain("is not a model");
        HealthReport health = await service.HealthAsync();
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Entries["transfer-models"].Description!.ShouldContain("is not a model");

        Classifier.Save(service.File, seed: 3, "cat", "dog", "cow");
        await TestService.UntilAsync(() => Labels(service).Contains("cow"));
        await TestService.UntilAsync(() => service.HealthAsync().Result.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_file_that_is_tried_again_is_warned_about_once()
    {
        await using TestService service = await TestService.StartAsync();

        File.Delete(service.File);
        await TestService.UntilAsync(() => service.Logs.Entries.Count(e => e.Id.Id == 4) >= 2);

        service.Logs.Entries.Count(e => e.Id.Id == 3).ShouldBe(1);
        Labels(service).ShouldBe(["cat", "dog"]);
    }

    [Fact]
    public async Task A_file_that_is_written_slowly_is_loaded_when_it_is_complete()
    {
        await using TestService service = await TestService.StartAsync(options =>
            options.Reload!.SettleTime = TimeSpan.FromMilliseconds(300));
        Classifier.Save(service.At("other.onnx"), seed: 4, "cat", "dog", "cow");
        byte[] content = File.ReadAllBytes(service.At("other.onnx"));

        await using (FileStream writing = File.Create(service.File))
        {
            foreach (byte[] part in content.Chunk((content.Length / 8) + 1))
            {
                await writing.WriteAsync(part);
                await writing.FlushAsync();
                await Task.Delay(30);
            }
        }

        await TestService.UntilAsync(() => Labels(service).Contains("cow"));
        service.Logs.Entries.ShouldNotContain(e => e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_change_is_found_through_a_link_whose_target_is_exchanged()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege there");
        await using TestService service = await TestService.StartAsync(add: (services, test) =>
        {
            Classifier.Save(test.At("second.onnx"), seed: 2, "owl", "eagle");
            File.CreateSymbolicLink(test.At("link.onnx"), test.File);
            Microsoft.Extensions.DependencyInjection.TransferModelServiceCollectionExtensions.AddTransferModel(
                services, test.At("link.onnx"), options => options.Reload!.PollInterval = TimeSpan.FromMilliseconds(20));
        });

        File.CreateSymbolicLink(service.At("new"), service.At("second.onnx"));
        File.Move(service.At("new"), service.At("link.onnx"), overwrite: true);

        await TestService.UntilAsync(() => Labels(service).Contains("owl"));
    }

    private static IReadOnlyList<string> Labels(TestService service)
    {
        using ModelLease lease = service.Models.Rent();
        return lease.Model.Labels;
    }

    private static async Task RequestAsync(
        TestService service, byte[] photo, ConcurrentQueue<Exception> failures, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using MemoryStream stream = Photos.Open(photo);
                await service.Models.PredictAsync(stream, CancellationToken.None);
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }
    }
}
