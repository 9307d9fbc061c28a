using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Tuning;

/// <summary>
/// Puts trained weights into another form of the network, such as without its classifier: as its file has it, not as training simplified
/// it.
/// </summary>
internal static class TrainedWeights
{
    /// <param name="trained">The form that was trained.</param>
    /// <param name="network">The other form; weights of the same names are the same.</param>
    public static Graph PutInto(Graph trained, Graph network)
    {
        network = WeightSeparation.Run(network);
        return network with
        {
            Initializers = network.Initializers.ToImmutableDictionary(
                i => i.Key, i => trained.Initializers.TryGetValue(i.Key, out Tensor? weights) ? weights : i.Value),
        };
    }
}
