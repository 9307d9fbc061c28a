using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Tensors;

/// <summary>
/// Owns a block of float32 memory outside the managed heap, aligned to 64 bytes and zeroed at first. The only owner of unmanaged memory
/// in the runtime: kernels use its pointer only while the owner is reachable from the running network.
/// </summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    private const nuint Alignment = 64;

    // glibc gives blocks of up to 32 MiB back to the system only until the first one is freed; then it keeps them in heaps that are cut up:
    // a process that loaded ResNet-18 fifty times had 738 MB in them, and has 210 MB with larger blocks. Pages that are not used cost
    // nothing, so that a large block may be asked for in place of a smaller one.
    private const nuint MinReturnedBlock = 1 << 20;
    private const nuint MaxKeptBlock = 32 << 20;
    private const nuint ReturnedBlock = MaxKeptBlock + (1 << 16);

    private readonly void* _block;
    private float* _pointer;

    public AlignedMemory(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nuint bytes = checked((nuint)Math.Max(length, 1) * sizeof(float));

        // The system zeroes the pages of large blocks at their first use: pages that are never used cost neither memory nor time. The block
        // has room for the alignment, by which the pointer may be behind the block's start.
        _block = Allocate(checked(bytes + Alignment));
        _pointer = (float*)(((nuint)_block + Alignment - 1) & ~(Alignment - 1));
        Length = length;
        GC.AddMemoryPressure((long)bytes);
    }

    ~AlignedMemory() => Free();

    public long Length { get; }

    public float* Pointer => _pointer != null ? _pointer : throw new ObjectDisposedException(nameof(AlignedMemory));

    public Span<float> Span => new(Pointer, checked((int)Length));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static void* Allocate(nuint bytes)
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && bytes is >= MinReturnedBlock and <= MaxKeptBlock)
        {
            try
            {
                return NativeMemory.AllocZeroed(ReturnedBlock);
            }
            catch (OutOfMemoryException)
            {
                // The system counts pages that are not used, or address space is limited: take what is needed.
            }
        }

        return NativeMemory.AllocZeroed(bytes);
    }

    private void Free()
    {
        if (_pointer != null)
        {
            NativeMemory.Free(_block);
            GC.RemoveMemoryPressure(Math.Max(Length, 1) * sizeof(float));
            _pointer = null;
        }
    }
}
