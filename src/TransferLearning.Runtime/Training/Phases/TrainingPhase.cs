namespace TransferLearning.Runtime.Training.Phases;

/// <summary>
/// Work of a step that all threads do together, divided into items that do not depend on each other. The next phase begins when all items
/// are done. Which thread does an item changes nothing: no item reads what another of its phase writes.
/// </summary>
/// <param name="Name">A description for profiles.</param>
/// <param name="Items">The number of items for a number of images.</param>
/// <param name="Run">Does one item.</param>
internal sealed record TrainingPhase(string Name, Func<int, int> Items, Action<int, TrainingWorkspace> Run)
{
    /// <summary>A phase with one item per image.</summary>
    public static TrainingPhase PerImage(string name, Action<int, TrainingWorkspace> run) => new(name, static images => images, run);

    /// <summary>A phase of one item.</summary>
    public static TrainingPhase Once(string name, Action<TrainingWorkspace> run) =>
        new(name, static _ => 1, (_, workspace) => run(workspace));
}
