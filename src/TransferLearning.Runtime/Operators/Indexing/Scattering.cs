using System.Numerics;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>Writes or combines elements at positions, in their order.</summary>
internal static class Scattering
{
    private static readonly string[] Reductions = ["none", "add", "mul", "max", "min"];

    /// <summary>Checks the attribute that says how an update is combined with the element at its position.</summary>
    /// <exception cref="InvalidNetworkException">It is not known.</exception>
    public static string ReductionOf(OperatorCall call) => call.Choice("reduction", Reductions);

    /// <summary>A copy of the first input with updates at blocks of elements.</summary>
    /// <param name="call">The call.</param>
    /// <param name="positions">The first element of each block.</param>
    /// <param name="length">The number of elements of a block.</param>
    /// <param name="updates">The blocks of updates, one after the other.</param>
    public static Tensor Run(OperatorCall call, int[] positions, int length, Tensor updates)
    {
        Tensor input = call.Value(0);
        TensorBuffer result = call.Memory.Output(0, input.Type, input.Length);
        input.Bytes.CopyTo(result.Bytes);
        string reduction = ReductionOf(call);
        if (reduction == Reductions[0])
        {
            int size = result.Bytes.Length / Math.Max(1, result.Length);
            for (int i = 0; i < positions.Length; i++)
            {
                updates.Bytes.Slice(i * length * size, length * size).CopyTo(result.Bytes[(positions[i] * size)..]);
            }
        }
        else
        {
            Combine(call, positions, length, updates, result, reduction);
        }

        return result.ToTensor(input.Shape);
    }

    private static void Combine(OperatorCall call, int[] positions, int length, Tensor updates, TensorBuffer result, string reduction)
    {
        switch (result)
        {
            case TensorBuffer<float> floats:
                Combine(positions, length, updates.Values<float>(), floats.Span, reduction);
                break;
            case TensorBuffer<double> doubles:
                Combine(positions, length, updates.Values<double>(), doubles.Span, reduction);
                break;
            case TensorBuffer<long> longs:
                Combine(positions, length, updates.Values<long>(), longs.Span, reduction);
                break;
            case TensorBuffer<int> integers:
                Combine(positions, length, updates.Values<int>(), integers.Span, reduction);
                break;
            case TensorBuffer<byte> bytes:
                Combine(positions, length, updates.Values<byte>(), bytes.Span, reduction);
                break;
            case TensorBuffer<sbyte> signed:
                Combine(positions, length, updates.Values<sbyte>(), signed.Span, reduction);
                break;
            default:
                throw call.Error($"its reduction '{reduction}' does not take {result.Type}");
        }
    }

    private static void Combine<T>(int[] positions, int length, ReadOnlySpan<T> updates, Span<T> result, string reduction)
        where T : INumber<T>
    {
        for (int i = 0; i < updates.Length; i++)
        {
            ref T element = ref result[positions[i / length] + (i % length)];
            element = reduction switch
            {
                "add" => element + updates[i],
                "mul" => element * updates[i],
                "max" => T.Max(element, updates[i]),
                "min" => T.Min(element, updates[i]),
                _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "not a reduction of updates"),
            };
        }
    }
}
