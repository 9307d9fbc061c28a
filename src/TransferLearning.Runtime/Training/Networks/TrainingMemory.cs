using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Layers;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Networks;

/// <summary>
/// The memory of a network in training: all stored maps, which the backward pass reads again; the gradients, of which those that are not
/// needed at the same time share memory; what layers share.
/// </summary>
internal sealed unsafe class TrainingMemory : IDisposable
{
    private const long Alignment = 16;

    private readonly LoweredTraining _network;
    private readonly AlignedMemory _maps;
    private readonly AlignedMemory _gradients;
    private readonly AlignedMemory _shared;

    /// <summary>Plans and allocates the memory, and tells the maps where they are and the layers whether their gradients add up.</summary>
    public TrainingMemory(LoweredTraining network, int maxImages)
    {
        _network = network;
        _maps = new AlignedMemory(PlaceMaps(maxImages, null));
        PlaceMaps(maxImages, _maps);
        GradientInterval[] gradients = PlanGradients(maxImages);
        _gradients = new AlignedMemory(GradientInterval.Place(gradients));
        foreach (GradientInterval interval in gradients)
        {
            interval.Map.Gradient = _gradients.Pointer + interval.Offset;
        }

        _shared = new AlignedMemory(network.Layers.Max(l => l.SharedLength));
    }

    public TrainingWorkspace CreateWorkspace() => new(_network.Layers.Max(l => l.ScratchLength), _shared);

    public void Dispose()
    {
        _maps.Dispose();
        _gradients.Dispose();
        _shared.Dispose();
    }

    private long PlaceMaps(int maxImages, AlignedMemory? memory)
    {
        long next = 0;
        foreach (BatchMap map in _network.Maps.Where(m => m.Derivation is null))
        {
            if (memory is not null)
            {
                map.Data = memory.Pointer + next + map.Layout.Origin;
            }

            next += Aligned((long)maxImages * map.Layout.Length);
        }

        return next;
    }

    /// <summary>When each gradient is written first and read last, in the order of the backward pass.</summary>
    private GradientInterval[] PlanGradients(int maxImages)
    {
        var intervals = new Dictionary<BatchMap, GradientInterval>();
        var completes = new Dictionary<BatchMap, (bool[] Completes, int Input)>();
        TrainingLayer[] layers = [.. _network.Layers.AsEnumerable().Reverse()];
        for (int i = 0; i < layers.Length; i++)
        {
            bool[] adds = new bool[layers[i].Inputs.Count], last = new bool[adds.Length];
            for (int k = 0; k < adds.Length; k++)
            {
                BatchMap input = layers[i].Inputs[k];
                if (!layers[i].Output.NeedsGradient || !input.NeedsGradient || input.OnlyReader is not null)
                {
                    continue;
                }

                adds[k] = !intervals.TryAdd(
                    input, new GradientInterval(input, i, Aligned((long)maxImages * input.GradientLayout.Length)));
                if (completes.TryGetValue(input, out (bool[] Completes, int Input) before))
                {
                    before.Completes[before.Input] = false;
                }

                completes[input] = (last, k);
                (last[k], input.TellsOfGradients) = (true, layers[i].WorksByImages);
            }

            layers[i].SetOrder(adds, last);

            // The layer that computes a map reads its gradient, or that of the map which alone is derived from it.
            BatchMap read = layers[i].Output.OnlyReader ?? layers[i].Output;
            if (intervals.TryGetValue(read, out GradientInterval? interval))
            {
                interval.End = i;
            }
        }

        return [.. intervals.Values];
    }

    private static long Aligned(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
