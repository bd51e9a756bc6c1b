from celery import shared_task


@shared_task
def weigh(parcel_id):
    return parcel_id
