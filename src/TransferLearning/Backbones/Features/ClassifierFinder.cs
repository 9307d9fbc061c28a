using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones.Features;

/// <summary>Finds the logits of a network's classifier.</summary>
internal static class ClassifierFinder
{
    /// <summary>
    /// The first output that is not called <c>features</c>; where it is the output of a softmax, or labels, the input of that softmax.
    /// </summary>
    /// <exception cref="InvalidNetworkException">The network ends in features.</exception>
    public static string Find(Graph graph)
    {
        string output = graph.Outputs.FirstOrDefault(o => o.Name != FeatureFinder.DefaultName)?.Name
            ?? throw new InvalidNetworkException(
                $"it has no output but '{FeatureFinder.DefaultName}', so no classifier of its own: train a head over its features instead");
        var values = new NetworkValues(graph);
        string logits = NetworkEnd.Logits(values, output);
        return values.IsMap(logits) || values.IsTokens(logits)
            ? throw new InvalidNetworkException(
                $"its output '{logits}' has the shape {values.ShapeOf(logits)}, not one number per class, so it has no classifier of its "
                + "own: train a head over its features instead")
            : logits;
    }
}
