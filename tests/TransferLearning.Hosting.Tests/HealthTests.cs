using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TransferLearning.Tests;

namespace TransferLearning.Hosting.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task A_loaded_model_is_healthy_and_its_data_name_file_labels_and_times()
    {
        await using TestService service = await TestService.StartAsync();

        HealthReport report = await service.HealthAsync();

        report.Status.ShouldBe(HealthStatus.Healthy);
        IReadOnlyDictionary<string, object> data = report.Entries["transfer-models"].Data;
        data["default.file"].ShouldBe(service.File);
        data["default.labels"].ShouldBeAssignableTo<IEnumerable<string>>().ShouldBe(["cat", "dog"]);
        ((DateTimeOffset)data["default.loaded"]).ShouldBeGreaterThanOrEqualTo((DateTimeOffset)data["default.written"]);
    }

    [Fact]
    public async Task Before_it_is_loaded_a_model_is_unhealthy()
    {
        using var folder = new TemporaryFolder();
        Classifier.Save(folder.At("model.onnx"), seed: 1, "cat", "dog");
        var collection = new ServiceCollection();
        collection.AddLogging().AddTransferModel("pets", folder.At("model.onnx")).AddHealthChecks().AddTransferModels();
        await using ServiceProvider services = collection.BuildServiceProvider();
        HealthCheckService health = services.GetRequiredService<HealthCheckService>();

        HealthReport before = await health.CheckHealthAsync();
        using ModelLease lease = services.GetRequiredService<IModelProvider>().Rent("pets");
        HealthReport after = await health.CheckHealthAsync();

        (before.Status, after.Status).ShouldBe((HealthStatus.Unhealthy, HealthStatus.Healthy));
        before.Entries["transfer-models"].Description.ShouldBe("the model 'pets' is not loaded");
    }
}
