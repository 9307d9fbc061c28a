using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TransferLearning.Hosting;
using TransferLearning.Hosting.Options;
using TransferLearning.Hosting.Serving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds image classifiers to the services of an application, which predicts with <see cref="IModelProvider"/>.</summary>
/// <remarks>Thread-safe as far as the service collection is.</remarks>
public static class TransferModelServiceCollectionExtensions
{
    /// <summary>
    /// Adds a model: it is loaded and warmed up when the host starts, reloaded when its file changes, and disposed of with the container.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="file">The model file; a relative path is based on the current directory.</param>
    /// <param name="configure">Sets further options; null for the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>The options are validated when the host starts, all problems together.</remarks>
    /// <example><code>
    /// var services = new ServiceCollection();
    /// services.AddTransferModel("flowers.onnx", options => options.MaxQueued = 200);
    /// await using ServiceProvider provider = services.BuildServiceProvider();
    ///
    /// IModelProvider models = provider.GetRequiredService&lt;IModelProvider&gt;();
    /// await using FileStream photo = File.OpenRead("rose.jpg");
    /// Prediction prediction = await models.PredictAsync(photo);
    /// </code></example>
    /// <exception cref="ArgumentException">A model was added without a name already.</exception>
    public static IServiceCollection AddTransferModel(
        this IServiceCollection services, string file, Action<TransferModelOptions>? configure = null) =>
        services.AddTransferModel(TransferModelOptions.DefaultName, file, configure);

    /// <summary>
    /// Adds a model under a name, as <see cref="AddTransferModel(IServiceCollection, string, Action{TransferModelOptions}?)"/> does.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, by which <see cref="IModelProvider"/> finds it, and which logs and metrics have.</param>
    /// <param name="file">The model file; a relative path is based on the current directory.</param>
    /// <param name="configure">Sets further options; null for the defaults.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The name is empty, or a model of this name was added already.</exception>
    public static IServiceCollection AddTransferModel(
        this IServiceCollection services, string name, string file, Action<TransferModelOptions>? configure = null)
    {
        Register(services, name).Configure(options => options.File = file);
        return Configure(services, name, configure);
    }

    /// <summary>Adds a model whose options are in a configuration section: see <see cref="TransferModelOptions"/> for its names.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Model")</c>.</param>
    /// <param name="configure">Sets further options, after those of the section; null for none.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">A model was added without a name already.</exception>
    public static IServiceCollection AddTransferModel(
        this IServiceCollection services, IConfiguration section, Action<TransferModelOptions>? configure = null) =>
        services.AddTransferModel(TransferModelOptions.DefaultName, section, configure);

    /// <summary>Adds a model under a name, whose options are in a configuration section.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, by which <see cref="IModelProvider"/> finds it, and which logs and metrics have.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Models:Flowers")</c>.</param>
    /// <param name="configure">Sets further options, after those of the section; null for none.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The name is empty, or a model of this name was added already.</exception>
    public static IServiceCollection AddTransferModel(
        this IServiceCollection services, string name, IConfiguration section, Action<TransferModelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        Register(services, name);
        services.AddSingleton<IConfigureOptions<TransferModelOptions>>(new TransferModelSettings(name, section));
        return Configure(services, name, configure);
    }

    private static OptionsBuilder<TransferModelOptions> Register(IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (services.Any(s => !s.IsKeyedService && s.ImplementationInstance is ModelRegistration registration && registration.Name == name))
        {
            throw new ArgumentException($"the model '{name}' is added twice: give each model a name of its own", nameof(name));
        }

        services.AddSingleton(new ModelRegistration(name));
        services.TryAddSingleton(static provider => new ModelProvider(provider, provider.GetServices<ModelRegistration>()));
        services.TryAddSingleton<IModelProvider>(static provider => provider.GetRequiredService<ModelProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelStartup>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TransferModelOptions>, TransferModelOptionsValidation>());
        return services.AddOptions<TransferModelOptions>(name).ValidateOnStart();
    }

    private static IServiceCollection Configure(IServiceCollection services, string name, Action<TransferModelOptions>? configure) =>
        configure is null ? services : services.Configure(name, configure);
}
