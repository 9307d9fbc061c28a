using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Layers.Tokens;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Lowering;

/// <content>
/// Values whose channels are the last axis (tokens), beside maps [1, channels, height, width], and nodes that only rearrange elements.
/// </content>
internal sealed partial class TrainingLowering
{
    /// <summary>Values that are stored with their last axis as channels, where that is not how a map of their shape is stored.</summary>
    private readonly Dictionary<string, BatchMap> _rows = new(StringComparer.Ordinal);

    /// <summary>Values that no layer has computed yet, as they are elements of others.</summary>
    private readonly Dictionary<string, TokenView> _views = new(StringComparer.Ordinal);

    /// <summary>Whether a value is known only with its last axis as channels, or not computed yet.</summary>
    private bool IsTokens(string name) => !_maps.ContainsKey(name) && (_rows.ContainsKey(name) || _views.ContainsKey(name));

    private bool IsComputed(string name) => _maps.ContainsKey(name) || IsTokens(name);

    /// <summary>The layout of a value whose last axis is its channels.</summary>
    private FeatureMapLayout RowsLayoutOf(Shape shape)
    {
        int channels = shape[-1];
        (int height, int width) = shape.Rank == 4 && shape[0] == 1 ? (shape[1], shape[2]) : (1, shape.Length / Math.Max(1, channels));
        return BatchLayouts.Of(_kernels, height, width, channels);
    }

    private BatchMap RowsOf(string name)
    {
        if (!_rows.TryGetValue(name, out BatchMap? map))
        {
            Shape shape = ShapeOf(name);
            map = IsVector(shape) && _maps.TryGetValue(name, out BatchMap? vector) ? vector : Materialize(name, ViewOf(name), isMap: false);
            _rows.Add(name, map);
        }

        return map;
    }

    private TokenView ViewOf(string name)
    {
        Shape shape = ShapeOf(name);
        return _views.TryGetValue(name, out TokenView? view) ? view
            : _rows.TryGetValue(name, out BatchMap? rows) ? TokenView.OfRows(rows, shape)
            : IsMap(shape) ? TokenView.OfMap(Computed(name), shape)
            : TokenView.OfRows(Computed(name), shape);
    }

    /// <summary>The map with the elements of a view: the one that has them already, or a copy.</summary>
    private BatchMap Materialize(string name, TokenView view, bool isMap)
    {
        FeatureMapLayout layout = isMap ? LayoutOf(view.Shape) : RowsLayoutOf(view.Shape);
        if (view.StoredIn(layout, isMap) is { } stored)
        {
            return stored;
        }

        BatchMap copy = DefineStored(name, layout, view.Sources.Any(s => s.Map?.NeedsGradient == true));
        Add(new TokenCopyLayer(name, copy, view.Sources, view.InOrderOfStorage(isMap)));
        return copy;
    }

    /// <summary>Lowers a node that rearranges elements, and may repeat, leave out or join them.</summary>
    private bool LowerView(Node node)
    {
        if (node.OperatorName == "Pad" && !PadOperator.AddsZeros(node, Constant))
        {
            return false;
        }

        var views = new Dictionary<int, TokenView>();
        var constants = new Dictionary<int, Tensor?>();
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            string name = node.Inputs[i];
            bool isData = i == 0 || node.OperatorName == "Concat";
            if (isData && IsComputed(name))
            {
                views.Add(i, ViewOf(name));
            }
            else if (isData && Constant(name) is { } constant)
            {
                views.Add(i, TokenView.OfConstant(constant));
            }
            else if (!isData && (name.Length == 0 || _graph.Initializers.ContainsKey(name)))
            {
                // What a Pad adds are zeros, as they have no number.
                bool isPadding = node.OperatorName == "Pad" && i == 2;
                constants.Add(i, name.Length == 0 || isPadding ? null : _graph.Initializers[name]);
            }
            else
            {
                return false;
            }
        }

        if (!views.Values.SelectMany(v => v.Sources).Any(s => s.Map is not null))
        {
            return false;
        }

        TokenView[] outputs = TokenView.Apply(
            node, OperatorSet.Find(node, _graph.OpsetVersion), _graph.OpsetVersion, views, constants);
        foreach ((string name, TokenView view) in node.Outputs.Zip(outputs).Where(o => o.First.Length > 0))
        {
            Define(name, view);
        }

        return true;
    }

    /// <summary>Gives a name to a view, or to the map that has its elements in this order.</summary>
    private void Define(string name, TokenView view)
    {
        Shape shape = view.Shape;
        if ((IsMap(shape) || IsVector(shape)) && view.StoredIn(LayoutOf(shape), IsMap(shape)) is { } map)
        {
            Bind(name, map);
        }
        else if (shape.Rank > 0 && view.StoredIn(RowsLayoutOf(shape), isMap: false) is { } rows)
        {
            BindRows(name, rows);
        }
        else
        {
            _views.Add(name, view);
        }
    }

    /// <summary>As <see cref="Bind"/>, for a map whose channels are the last axis.</summary>
    private void BindRows(string name, BatchMap map)
    {
        if (IsVector(ShapeOf(name)))
        {
            Bind(name, map);
            return;
        }

        (name, map) = Activate(name, map);
        Keep(_rows, name, map);
    }
}
