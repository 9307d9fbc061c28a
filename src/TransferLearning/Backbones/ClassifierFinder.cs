using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones;

/// <summary>Finds the value of a network that is its classifier's logits.</summary>
internal static class ClassifierFinder
{
    /// <summary>
    /// The first output that is not called <c>features</c>; where a softmax makes it, what that softmax is fed with.
    /// </summary>
    /// <exception cref="InvalidNetworkException">The network ends in features.</exception>
    public static string Find(Graph graph)
    {
        string output = graph.Outputs.FirstOrDefault(o => o.Name != FeatureFinder.UsualName)?.Name
            ?? throw new InvalidNetworkException(
                $"it has no output but '{FeatureFinder.UsualName}', so no classifier of its own: train a head over its features instead");
        Node? maker = graph.Nodes.FirstOrDefault(n => n.Outputs.Contains(output));
        return maker is { OperatorName: "Softmax" } ? maker.Inputs[0] : output;
    }
}
