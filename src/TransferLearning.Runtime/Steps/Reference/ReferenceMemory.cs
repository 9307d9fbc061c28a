using System.Buffers;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Reference;

/// <summary>
/// The memory of one run of a <see cref="ReferenceStep"/>: outputs that are no maps are computed where they belong, everything else in
/// arrays that are given back at the end. Threads may take temporary memory at the same time.
/// </summary>
internal sealed class ReferenceMemory(IReadOnlyDictionary<int, TensorBuffer> outputs) : OperatorMemory, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Action> _returns = [];

    public override TensorBuffer<T> Output<T>(int index, int length) =>
        outputs.TryGetValue(index, out TensorBuffer? buffer) && buffer is TensorBuffer<T> typed && typed.Length == length
            ? typed
            : Temporary<T>(length);

    public override TensorBuffer<T> Temporary<T>(int length)
    {
        T[] array = ArrayPool<T>.Shared.Rent(length);
        lock (_gate)
        {
            _returns.Add(() => ArrayPool<T>.Shared.Return(array));
        }

        return new TensorBuffer<T>(array, length);
    }

    public void Dispose()
    {
        foreach (Action giveBack in _returns)
        {
            giveBack();
        }
    }
}
