namespace TransferLearning.Runtime.Graphs;

/// <summary>Checks that each value of a graph is defined once, before it is used.</summary>
internal static class GraphValidation
{
    /// <exception cref="InvalidNetworkException">A value is missing, defined twice, or used before it is defined.</exception>
    public static void Check(Graph graph)
    {
        var defined = new HashSet<string>(graph.Initializers.Keys, StringComparer.Ordinal);
        foreach (ValueInfo input in graph.Inputs)
        {
            if (!defined.Add(input.Name))
            {
                throw new InvalidNetworkException($"the input '{input.Name}' is declared twice");
            }
        }

        foreach (Node node in graph.Nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !defined.Contains(input))
                {
                    throw new InvalidNetworkException(
                        $"the node '{node.DisplayName}' ({node.OperatorName}) uses the value '{input}', which no earlier node computes");
                }
            }

            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && !defined.Add(output))
                {
                    throw new InvalidNetworkException($"the value '{output}' is computed twice, the second time by '{node.DisplayName}'");
                }
            }
        }

        foreach (ValueInfo output in graph.Outputs)
        {
            if (!defined.Contains(output.Name))
            {
                throw new InvalidNetworkException($"no node computes the output '{output.Name}'");
            }
        }
    }
}
