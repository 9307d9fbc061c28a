namespace TransferLearning.Runtime.Graphs;

/// <summary>Checks that the parts of a graph fit: each value is made once, before it is used.</summary>
internal static class GraphValidation
{
    /// <exception cref="InvalidNetworkException">A value is missing, made twice, or used before it is made.</exception>
    public static void Check(Graph graph)
    {
        var made = new HashSet<string>(graph.Initializers.Keys, StringComparer.Ordinal);
        foreach (ValueInfo input in graph.Inputs)
        {
            if (!made.Add(input.Name))
            {
                throw new InvalidNetworkException($"the input '{input.Name}' is declared twice");
            }
        }

        foreach (Node node in graph.Nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !made.Contains(input))
                {
                    throw new InvalidNetworkException(
                        $"the node '{node.DisplayName}' ({node.OperatorName}) uses the value '{input}', which nothing before it makes");
                }
            }

            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && !made.Add(output))
                {
                    throw new InvalidNetworkException($"the value '{output}' is made twice, the second time by '{node.DisplayName}'");
                }
            }
        }

        foreach (ValueInfo output in graph.Outputs)
        {
            if (!made.Contains(output.Name))
            {
                throw new InvalidNetworkException($"nothing makes the output '{output.Name}'");
            }
        }
    }
}
