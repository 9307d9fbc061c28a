using TransferLearning.Runtime.Compilation.Tokens;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation;

/// <summary>
/// The steps of a compiled network in three parts. The first, with large maps, runs image by image. The second, with small maps, runs a
/// group of images step by step, so that weights are read once per group. The third, with only vectors, runs a whole batch at once, as the
/// rows of one map. Immutable; owns the packed weights.
/// </summary>
internal sealed class NetworkProgram : IDisposable
{
    /// <summary>The maximum number of images whose vectors run together.</summary>
    public const int BatchRows = 32;

    /// <summary>The maximum number of images in a group, whatever the network.</summary>
    public const int MaxGroupImages = Workspace.MaxImages;

    private const int MinGroupImages = 4;

    /// <summary>The memory for the maps of a group with more than the minimum of images: a share of a typical third-level cache.</summary>
    private const long GroupBytes = 6 << 20;

    /// <summary>The length in floats from which a map fills a good part of the second-level cache.</summary>
    private const int LargeMap = 64 * 1024;

    public NetworkProgram(LoweredNetwork network)
    {
        (Input, Output, ValueCount, Scaling) = (network.Input, network.Output, network.ValueCount, network.Scaling);
        ReferenceNodes = network.ReferenceNodes;
        Step[] steps = [.. BandFusion.Fuse(network.Steps, Output)];
        RowDemand.Limit(steps, Output);
        int batch = steps.Length;
        while (batch > 0 && steps[batch - 1].RunsBatches)
        {
            batch--;
        }

        int group = batch;
        while (group > 0 && SharesWeights(steps[group - 1]))
        {
            group--;
        }

        group -= StepsGainedBefore(steps[..group]);
        (ImageSteps, GroupSteps, BatchSteps) = (steps[..group], steps[group..batch], steps[batch..]);
        IEnumerable<Value> batchValues = BatchSteps.SelectMany(static s => s.Inputs.Append(s.Output)).Append(Output);
        BatchValues = [.. batchValues.Where(static v => v.Layout.IsVector).Distinct()];
        OutputIsBatched = BatchValues.Contains(Output);
        HashSet<Value> kept = BatchValues.ToHashSet();
        List<MemoryPlan.Lifetime> lifetimes = Lifetimes(steps);
        lifetimes.RemoveAll(l => kept.Contains(l.Value));
        ImageMemory = new MemoryPlan(lifetimes.Where(l => l.Death < group));
        GroupMemory = new MemoryPlan(lifetimes.Where(l => l.Death >= group));
        GroupImages = (int)Math.Clamp(GroupBytes / sizeof(float) / Math.Max(1, GroupMemory.Length), MinGroupImages, MaxGroupImages);
        foreach (Step step in steps)
        {
            ScratchLength = Math.Max(ScratchLength, step.ScratchLength);
            WeightBytes += step.WeightBytes;
        }
    }

    public Value Input { get; }

    /// <summary>What happens to the image while it is copied to <see cref="Input"/>; null where it is only copied.</summary>
    public InputScaling? Scaling { get; }

    public Value Output { get; }

    public int ValueCount { get; }

    /// <summary>The nodes without a suitable kernel, in their order.</summary>
    public IReadOnlyList<Node> ReferenceNodes { get; }

    public Step[] ImageSteps { get; }

    public Step[] GroupSteps { get; }

    public Step[] BatchSteps { get; }

    /// <summary>The number of images in a full group.</summary>
    public int GroupImages { get; }

    /// <summary>The vectors that the third part reads or writes, with one row per image.</summary>
    public Value[] BatchValues { get; }

    /// <summary>Whether the output is one of <see cref="BatchValues"/>; otherwise the second part computes it.</summary>
    public bool OutputIsBatched { get; }

    /// <summary>Memory for the values that only the first part uses: those of one image.</summary>
    public MemoryPlan ImageMemory { get; }

    /// <summary>Memory for the values that the second part uses, needed once for each image of a group.</summary>
    public MemoryPlan GroupMemory { get; }

    /// <summary>The floats of scratch memory that the steps need.</summary>
    public long ScratchLength { get; }

    /// <summary>The bytes of the weights in the form that the steps read, which all workers share.</summary>
    public long WeightBytes { get; }

    /// <summary>The floats of the vectors of a batch.</summary>
    public long BatchLength => BatchValues.Sum(static v => (long)v.Layout.PixelStride * BatchRows);

    /// <summary>The bytes of memory of one worker.</summary>
    public long WorkerBytes =>
        sizeof(float) * (ImageMemory.Length + (GroupMemory.Length * GroupImages) + BatchLength + ScratchLength);

    public void Dispose()
    {
        foreach (IDisposable step in ImageSteps.Concat(GroupSteps).Concat(BatchSteps).OfType<IDisposable>())
        {
            step.Dispose();
        }
    }

    /// <summary>
    /// Whether a step belongs to the second part: whether reading its weights once per group saves more than it costs that the maps of a
    /// group do not stay in cache.
    /// </summary>
    private static bool SharesWeights(Step step)
    {
        const int MaxWeightlessMap = 4 * LargeMap, MinWeightsPerValue = 4;
        int largest = step.Output.Layout.Length;
        foreach (Value input in step.Inputs)
        {
            largest = Math.Max(largest, input.Layout.Length);
        }

        return largest <= (step.WeightBytes == 0 ? MaxWeightlessMap : LargeMap)
            || step.WeightBytes >= MinWeightsPerValue * (long)largest * sizeof(float);
    }

    /// <summary>
    /// The number of last steps of the first part that belong to the second after all: those by which, together, more bytes of weights are
    /// read less often than bytes of maps are read from a farther cache. A bottleneck of ResNet alternates between steps of both kinds.
    /// </summary>
    private static int StepsGainedBefore(Step[] steps)
    {
        long gain = 0, largest = 0;
        int count = 0;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            long maps = steps[i].Output.Layout.Length + steps[i].Inputs.Sum(static v => (long)v.Layout.Length);
            gain += (steps[i].WeightBytes * (MinGroupImages - 1) / MinGroupImages) - (maps * sizeof(float));
            if (gain > largest)
            {
                (largest, count) = (gain, steps.Length - i);
            }
        }

        return count;
    }

    private List<MemoryPlan.Lifetime> Lifetimes(Step[] steps)
    {
        var birth = new Dictionary<Value, int> { [Input] = -1 };
        var death = new Dictionary<Value, int> { [Input] = -1 };
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (Value value in steps[i].SideOutputs.Append(steps[i].Output.Whole ?? steps[i].Output))
            {
                birth.TryAdd(value, i);
                death[value] = i;
            }

            foreach (Value value in steps[i].Inputs)
            {
                death[value.Whole ?? value] = i;
            }
        }

        death[Output.Whole ?? Output] = steps.Length;
        Dictionary<Value, Value> former = [];
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Replaceable is { Whole: null } replaceable && death[replaceable] == i
                && birth.TryGetValue(steps[i].Output, out int written) && written == i && replaceable.Layout == steps[i].Output.Layout)
            {
                former.Add(steps[i].Output, replaceable);
            }
        }

        var lifetimes = new List<MemoryPlan.Lifetime>(birth.Count);
        foreach ((Value value, int step) in birth)
        {
            lifetimes.Add(new MemoryPlan.Lifetime(value, step, death[value], former.GetValueOrDefault(value)));
        }

        return lifetimes;
    }
}
