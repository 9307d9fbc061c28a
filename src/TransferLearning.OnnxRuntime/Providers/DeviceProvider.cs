namespace TransferLearning.OnnxRuntime.Providers;

/// <summary>
/// A device beside the processor. One thread runs a group of images on it while the others prepare theirs, so that it need not wait.
/// Immutable.
/// </summary>
internal abstract record DeviceProvider(string Name, string ProviderName, string Identity, string Remedy)
    : ExecutionProvider(Name, ProviderName, Identity, Remedy)
{
    /// <summary>Enough to keep a GPU busy; at 224 x 224 pixels, they take 19 MB for each thread.</summary>
    public override int ImagesPerRun => 32;

    /// <summary>One whose images are computed, and one whose images are complete and come next.</summary>
    public override int WaitingThreads => 2;

    public override bool RunsConcurrently => false;

    /// <summary>Devices choose algorithms by the size of a group, some with numbers of 10 bits of precision.</summary>
    public override float GroupTolerance => 1e-2f;
}
