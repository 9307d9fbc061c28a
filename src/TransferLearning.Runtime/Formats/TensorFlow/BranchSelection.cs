using TransferLearning.Runtime.Formats.TensorFlow.Nodes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow;

/// <summary>
/// Finds the branches of a graph that run in inference. Training code chooses between two computations of a value by Switch, which passes
/// its input on to one of two outputs, and Merge, which returns the input that arrives. What depends on the other output never runs.
/// </summary>
internal sealed class BranchSelection
{
    /// <summary>In place of the port of a dead output: all outputs of the node are dead.</summary>
    private const int AllPorts = -1;

    private readonly TensorFlowNetwork _network;
    private readonly HashSet<(string Name, int Port)> _dead = [];

    /// <summary>Decides for all nodes that a value depends on.</summary>
    /// <exception cref="InvalidNetworkException">The condition of a Switch is not constant.</exception>
    public BranchSelection(TensorFlowNetwork network, TensorFlowNode output)
    {
        _network = network;
        if (!network.Nodes.Any(IsSwitch))
        {
            return;
        }

        // Control inputs count too: only by these do the constants of a branch depend on its Switch.
        foreach (TensorFlowNode node in DepthFirst.Order(output, n => Neighbors(n), (_, _) => { }))
        {
            Decide(node);
        }
    }

    public static bool IsSwitch(TensorFlowNode node) => node.OperatorName is "Switch" or "RefSwitch";

    public static bool IsMerge(TensorFlowNode node) => node.OperatorName is "Merge" or "RefMerge";

    /// <summary>The inputs that a node needs: of a Merge, the one whose branch runs; of a Switch, all but its condition.</summary>
    /// <exception cref="InvalidNetworkException">None of a Merge's branches runs.</exception>
    public IEnumerable<NodeReference> Inputs(TensorFlowNode node)
    {
        if (!IsMerge(node))
        {
            return IsSwitch(node) ? node.Inputs.Take(1) : node.Inputs;
        }

        NodeReference[] alive = [.. node.Inputs.Where(i => !IsDead(i)).Take(1)];
        return alive.Length > 0 ? alive : throw node.Error("none of the branches that it merges runs");
    }

    private IEnumerable<TensorFlowNode> Neighbors(TensorFlowNode node)
    {
        foreach (NodeReference input in node.Inputs)
        {
            yield return _network.Find(input, node);
        }

        foreach (NodeReference control in node.Controls.Where(c => _network.Has(c.Name)))
        {
            yield return _network.Find(control, node);
        }
    }

    private void Decide(TensorFlowNode node)
    {
        bool isDead = IsMerge(node) ? node.Inputs.All(IsDead) : node.Inputs.Any(IsDead) || node.Controls.Any(IsDead);
        if (isDead)
        {
            _dead.Add((node.Name, AllPorts));
        }
        else if (IsSwitch(node) && node.Inputs.Length == 2)
        {
            bool taken = Condition(node.Inputs[1], node);
            _dead.Add((node.Name, taken ? 0 : 1));
        }
    }

    private bool IsDead(NodeReference reference) =>
        _dead.Contains((reference.Name, AllPorts)) || (!reference.IsControl && _dead.Contains((reference.Name, reference.Port)));

    private bool Condition(NodeReference reference, TensorFlowNode user)
    {
        bool negated = false;
        var passed = new HashSet<string>(StringComparer.Ordinal);
        TensorFlowNode node = _network.Find(reference, user);
        for (; passed.Add(node.Name); node = _network.Find(node.Inputs[0], node))
        {
            switch (node.OperatorName)
            {
                case "Const":
                    return Flag(node, user) != negated;
                case "Placeholder":
                    // A flag that is set while the network is trained, so not here.
                    return negated;
                case "LogicalNot" when node.Inputs.Length == 1:
                    negated = !negated;
                    break;
                case "Identity" or "PlaceholderWithDefault" or "StopGradient" when node.Inputs.Length == 1:
                    break;
                default:
                    throw user.Error($"its condition '{node.Name}' ({node.OperatorName}) is not constant");
            }
        }

        throw user.Error($"its condition '{node.Name}' depends on itself");
    }

    private static bool Flag(TensorFlowNode constant, TensorFlowNode user)
    {
        Tensor value = TensorFlowTensors.Read(constant.Tensor("value"), $"the constant '{constant.Name}'");
        return value is { Type: ElementType.Boolean, Length: 1 }
            ? value.Values<bool>()[0]
            : throw user.Error($"its condition '{constant.Name}' is {TensorType.Of(value)}, not a single boolean");
    }
}
