using TransferLearning.Runtime.Execution.Lowering;
using TransferLearning.Runtime.Execution.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// The steps of a compiled network in two parts: the first runs image by image, the second, from where only vectors are left, runs a whole
/// batch at once, so that the weights of a classifier are read once a batch. Immutable; owns the packed weights.
/// </summary>
internal sealed class NetworkProgram : IDisposable
{
    /// <summary>The most images whose vectors are run together.</summary>
    public const int BatchRows = 32;

    public NetworkProgram(LoweredNetwork network)
    {
        (Input, Output, ValueCount) = (network.Input, network.Output, network.ValueCount);
        IReadOnlyList<Step> steps = BandFusion.Fuse(network.Steps, Output);
        int split = steps.Count;
        while (split > 0 && steps[split - 1].RunsBatches)
        {
            split--;
        }

        ImageSteps = [.. steps.Take(split)];
        BatchSteps = [.. steps.Skip(split)];
        BatchValues = [.. BatchSteps.SelectMany(static s => s.Inputs.Append(s.Output)).Append(Output).Where(static v => v.Layout.IsVector).Distinct()];
        Memory = new MemoryPlan(ImageSteps, Input, Output, BatchValues.ToHashSet());
        OutputIsBatched = BatchValues.Contains(Output);
        ScratchLength = ImageSteps.OfType<BandStep>().Select(static b => b.ScratchLength).DefaultIfEmpty(0).Max();
    }

    public Value Input { get; }

    public Value Output { get; }

    public int ValueCount { get; }

    public Step[] ImageSteps { get; }

    public Step[] BatchSteps { get; }

    /// <summary>Vectors that cross from the first part to the second or belong to it: a row an image.</summary>
    public Value[] BatchValues { get; }

    public bool OutputIsBatched { get; }

    public MemoryPlan Memory { get; }

    public long ScratchLength { get; }

    public void Dispose()
    {
        foreach (IDisposable step in ImageSteps.Concat(BatchSteps).OfType<IDisposable>())
        {
            step.Dispose();
        }
    }
}
