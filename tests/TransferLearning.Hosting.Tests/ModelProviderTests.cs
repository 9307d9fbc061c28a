using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Tests;

namespace TransferLearning.Hosting.Tests;

public sealed class ModelProviderTests
{
    [SkippableFact]
    public async Task A_request_gets_the_prediction_of_its_model()
    {
        byte[] photo = Photos.Take(1)[0];
        await using TestService service = await TestService.StartAsync();
        using var model = TransferModel.Load(service.File);
        using MemoryStream stream = Photos.Open(photo);

        Prediction prediction = await service.Models.PredictAsync(stream);

        prediction.Probabilities.ToArray().ShouldBe(model.Predict(photo).Probabilities.ToArray());
        service.Models.Names.ShouldBe(["default"]);
        service.Logs.Entries.ShouldContain(e => e.Id.Id == 1 && e.Message.Contains("2 classes"));
    }

    [SkippableFact]
    public async Task Named_models_are_told_apart_and_a_wrong_name_gets_those_that_there_are()
    {
        byte[] photo = Photos.Take(1)[0];
        await using TestService service = await TestService.StartAsync(add: (services, test) =>
        {
            Classifier.Save(test.At("birds.onnx"), seed: 2, "owl", "eagle");
            services.AddTransferModel("pets", test.File);
            services.AddTransferModel("birds", test.At("birds.onnx"));
        });
        using MemoryStream stream = Photos.Open(photo);

        (await service.Models.PredictAsync("birds", stream)).Label.ShouldBeOneOf("owl", "eagle");
        using ModelLease pets = service.Models.Rent("pets");
        pets.Model.Labels.ShouldBe(["cat", "dog"]);
        Should.Throw<ArgumentException>(() => service.Models.Rent("fish")).Message.ShouldContain("expected one of pets, birds");
        await Should.ThrowAsync<ArgumentException>(() => service.Models.PredictAsync(stream));
    }

    [Fact]
    public async Task All_problems_of_the_options_are_reported_together_when_the_host_starts()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Threads"] = "many",
            ["Batching:MaxImages"] = "1",
            ["Batching:Images"] = "4",
            ["Reload:PollInterval"] = "5 s",
            ["Limits:MaxBytes"] = "0",
            ["MaxQueue"] = "7",
        }).Build();

        OptionsValidationException error = await Should.ThrowAsync<OptionsValidationException>(() => TestService.StartAsync(
            add: (services, _) => services.AddTransferModel("pets", configuration, options => options.MaxQueued = -1)));

        error.Failures.Count().ShouldBe(8, error.Message);
        error.Failures.ShouldAllBe(f => f.StartsWith("the model 'pets': "));
        foreach (string part in new[]
        {
            "Threads is 'many': expected a whole number",
            "there is no setting Batching:Images: expected one of MaxImages, MaxWait",
            "Reload:PollInterval is '5 s': expected a duration such as",
            "Limits:MaxBytes is 0",
            "there is no setting MaxQueue: expected one of File, Threads",
            "File is empty",
            "MaxQueued is -1: expected 1 to 1000000",
            "Batching.MaxImages is 1: expected 2 to 256",
        })
        {
            error.Message.ShouldContain(part);
        }
    }

    [Fact]
    public void Options_come_from_a_configuration_section()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Model:File"] = "pets.onnx",
            ["Model:Threads"] = "3",
            ["Model:MaxQueued"] = "50",
            ["Model:WarmUp"] = "false",
            ["Model:Batching:MaxImages"] = "16",
            ["Model:Batching:MaxWait"] = "00:00:00.005",
            ["Model:Reload"] = "false",
            ["Model:Limits:MaxBytes"] = "1000000",
        }).Build();
        using ServiceProvider services =
            new ServiceCollection().AddTransferModel(configuration.GetSection("Model")).BuildServiceProvider();

        TransferModelOptions options =
            services.GetRequiredService<IOptionsMonitor<TransferModelOptions>>().Get(TransferModelOptions.DefaultName);

        (options.File, options.Threads, options.MaxQueued, options.WarmUp, options.Reload).ShouldBe(("pets.onnx", 3, 50, false, null));
        (options.Batching!.MaxImages, options.Batching.MaxWait).ShouldBe((16, TimeSpan.FromMilliseconds(5)));
        options.Load.Limits.ShouldBe(ImageLimits.Untrusted with { MaxBytes = 1_000_000 });
    }

    [Fact]
    public void Batching_that_a_file_sets_is_switched_off_by_a_later_source()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["Model:File"] = "pets.onnx", ["Model:Batching:MaxImages"] = "16" })
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Model:Batching"] = "false" })
            .Build();
        using ServiceProvider services =
            new ServiceCollection().AddTransferModel(configuration.GetSection("Model")).BuildServiceProvider();

        services.GetRequiredService<IOptionsMonitor<TransferModelOptions>>().Get(TransferModelOptions.DefaultName)
            .Batching.ShouldBeNull();
    }

    [Fact]
    public async Task Models_that_cannot_be_loaded_end_the_start_and_are_all_named()
    {
        TransferLearningException error = await Should.ThrowAsync<TransferLearningException>(() => TestService.StartAsync(
            add: (services, test) =>
            {
                File.WriteAllText(test.At("text.onnx"), "no model");
                services.AddTransferModel("text", test.At("text.onnx"));
                services.AddTransferModel("none", test.At("none.onnx"));
            }));

        error.Message.ShouldContain("2 models cannot be loaded");
        error.Message.ShouldContain("text.onnx' is not a model");
        error.Message.ShouldContain("there is no file '");
    }

    [Fact]
    public void A_name_is_added_once() => Should.Throw<ArgumentException>(
            () => new ServiceCollection().AddTransferModel("a.onnx").AddTransferModel("b.onnx"))
        .Message.ShouldContain("the model 'default' is added twice");

    [SkippableFact]
    public async Task Without_a_host_a_model_is_loaded_at_its_first_use()
    {
        byte[] photo = Photos.Take(1)[0];
        using var folder = new TemporaryFolder();
        Classifier.Save(folder.At("model.onnx"), seed: 1, "cat", "dog");
        await using ServiceProvider services =
            new ServiceCollection().AddTransferModel(folder.At("model.onnx")).BuildServiceProvider();
        IModelProvider models = services.GetRequiredService<IModelProvider>();
        using MemoryStream stream = Photos.Open(photo);

        using ModelLease lease = models.Rent();

        (await models.PredictAsync(stream)).Label.ShouldBeOneOf("cat", "dog");
        lease.Model.Labels.ShouldBe(["cat", "dog"]);
    }

    [Fact]
    public async Task With_the_container_the_model_is_disposed_of_but_a_lease_keeps_it()
    {
        TestService service = await TestService.StartAsync();
        IModelProvider models = service.Models;
        ModelLease lease = models.Rent();
        await service.DisposeAsync();

        TransferModel model = lease.Model;
        model.Predict(new RgbImage(1, 1, new byte[3]));
        lease.Dispose();
        lease.Dispose();

        Should.Throw<ObjectDisposedException>(() => model.Predict(new RgbImage(1, 1, new byte[3])));
        Should.Throw<ObjectDisposedException>(() => lease.Model);
        Should.Throw<ObjectDisposedException>(() => models.Rent());
    }

    [Fact]
    public async Task An_image_beyond_the_limit_of_bytes_is_refused_while_it_is_read()
    {
        await using TestService service = await TestService.StartAsync(options =>
            options.Load = new ModelLoadOptions { Limits = ImageLimits.Untrusted with { MaxBytes = 1000 } });
        using var stream = new MemoryStream(new byte[1001]);

        UnusableImageException error =
            await Should.ThrowAsync<UnusableImageException>(() => service.Models.PredictAsync(stream));

        error.ExceedsMaxBytes.ShouldBeTrue();
    }
}
