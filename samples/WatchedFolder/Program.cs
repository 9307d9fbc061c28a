using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TransferLearning;
using TransferLearning.Models;
using TransferLearning.Samples;

if (args is not [string modelFile, string inbox, string sorted])
{
    Console.Error.WriteLine("Usage: TransferLearning.Samples.WatchedFolder MODEL INBOX SORTED");
    return 1;
}

try
{
    using TransferModel model = TransferModel.Load(modelFile);

    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Services.AddSingleton(model);
    builder.Services.AddSingleton(new Inbox(inbox));
    builder.Services.AddSingleton(new SortedFolder(sorted, model.Labels));
    builder.Services.AddHostedService<ImageSorter>();

    // Runs until Ctrl-C or SIGTERM.
    using IHost host = builder.Build();
    await host.RunAsync();
    return 0;
}
catch (TransferLearningException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
