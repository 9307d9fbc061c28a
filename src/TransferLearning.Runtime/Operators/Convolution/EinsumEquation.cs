using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>
/// The equation of an <see cref="EinsumOperator"/>, with a number for each label. The axes of an ellipsis are labels of their own, aligned
/// at their ends. Immutable.
/// </summary>
/// <param name="Operands">The labels of the axes of each operand.</param>
/// <param name="Result">The labels of the axes of the result.</param>
/// <param name="Extents">The extent of each label.</param>
internal sealed record EinsumEquation(
    ImmutableArray<ImmutableArray<int>> Operands, ImmutableArray<int> Result, IReadOnlyDictionary<int, int> Extents)
{
    private const string Ellipsis = "...";

    /// <summary>The labels of an ellipsis' axes, from the last to the first: below all letters.</summary>
    private const int LastOfEllipsis = -1;

    /// <exception cref="InvalidNetworkException">The equation is not valid, or does not fit the inputs.</exception>
    public static EinsumEquation Parse(OperatorCall call, string text)
    {
        string[] sides = text.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != call.InputCount)
        {
            throw call.Error($"its equation '{text}' does not have one term for each of its {call.InputCount} inputs, and one result");
        }

        ImmutableArray<ImmutableArray<int>> operands = [.. terms.Select((term, i) => Labels(call, text, term, call.Shape(i).Rank))];
        var extents = new Dictionary<int, int>();
        for (int i = 0; i < operands.Length; i++)
        {
            for (int axis = 0; axis < operands[i].Length; axis++)
            {
                Add(call, text, extents, operands[i][axis], call.Shape(i)[axis]);
            }
        }

        int ellipsis = extents.Keys.Count(static l => l <= LastOfEllipsis);
        ImmutableArray<int> result = sides.Length == 2
            ? Labels(call, text, sides[1], sides[1].Replace(Ellipsis, "", StringComparison.Ordinal).Length + Shown(sides[1], ellipsis))
            : ImplicitResult(operands);
        return result.Distinct().Count() == result.Length && result.All(extents.ContainsKey)
            ? new EinsumEquation(operands, result, extents)
            : throw call.Error($"its equation '{text}' has a result with a repeated label, or one that no term has");
    }

    private static int Shown(string term, int ellipsis) => term.Contains(Ellipsis, StringComparison.Ordinal) ? ellipsis : 0;

    /// <summary>The axes of an ellipsis, then the labels that occur once, in alphabetical order.</summary>
    private static ImmutableArray<int> ImplicitResult(ImmutableArray<ImmutableArray<int>> operands)
    {
        int[] all = [.. operands.SelectMany(static o => o)];
        return [.. all.Distinct().Where(l => l <= LastOfEllipsis || all.Count(o => o == l) == 1).Order()];
    }

    private static ImmutableArray<int> Labels(OperatorCall call, string equation, string term, int rank)
    {
        string[] parts = term.Split(Ellipsis);
        int letters = parts.Sum(static p => p.Length);
        bool isValid = parts.Length <= 2 && parts.All(static p => p.All(char.IsAsciiLetter))
            && (parts.Length == 2 ? letters <= rank : letters == rank);
        if (!isValid)
        {
            throw call.Error($"the term '{term}' of its equation '{equation}' does not fit the {rank} axes of its operand");
        }

        int repeated = rank - letters;
        IEnumerable<int> ellipsis = Enumerable.Range(0, repeated).Select(i => LastOfEllipsis - (repeated - 1 - i));
        return [.. parts[0].Select(static c => (int)c), .. ellipsis, .. parts.Skip(1).SelectMany(static p => p).Select(static c => (int)c)];
    }

    private static void Add(OperatorCall call, string equation, Dictionary<int, int> extents, int label, int extent)
    {
        if (!extents.TryGetValue(label, out int known) || known == 1)
        {
            extents[label] = extent;
        }
        else if (known != extent && extent != 1)
        {
            throw call.Error($"its equation '{equation}' gives one label to axes of the extents {known} and {extent}");
        }
    }
}
