using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Training.Layers.Convolution;

/// <summary>
/// A table of offsets that kernels read through a pointer. The array is pinned: the pointer is valid as long as the table is reachable.
/// </summary>
internal sealed unsafe class OffsetTable
{
    private readonly int[] _values;

    public OffsetTable(IEnumerable<int> values)
    {
        int[] source = [.. values];
        _values = GC.AllocateUninitializedArray<int>(Math.Max(1, source.Length), pinned: true);
        source.CopyTo(_values, 0);
        Length = source.Length;
    }

    public int Length { get; }

    public int* Pointer => (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));
}
