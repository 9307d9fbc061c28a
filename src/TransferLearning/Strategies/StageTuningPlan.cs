namespace TransferLearning.Strategies;

/// <summary>Which stages of the network will be trained, and what their inputs take. Immutable; thread-safe.</summary>
/// <param name="Stages">The number of last stages that will be trained.</param>
/// <param name="NetworkStages">The number of stages of the network.</param>
/// <param name="Maps">The number of maps that they begin with: images times views.</param>
/// <param name="MapBytes">The size of all maps, as float16.</param>
/// <param name="MapsNotKept">Why the maps will be computed in each epoch; null where they are kept in the cache.</param>
public sealed record StageTuningPlan(int Stages, int NetworkStages, long Maps, long MapBytes, string? MapsNotKept);
