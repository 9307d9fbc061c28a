namespace TransferLearning.Hosting.Serving;

/// <summary>The name of a model that was added to the services.</summary>
internal sealed record ModelRegistration(string Name);
